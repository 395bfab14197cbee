/**
 * The operating system's keystore, behind one shape: Electron 45 offers it asynchronously, the development
 * runtime only synchronously, and on Linux without a keyring it would "seal" with a fixed key, which is refused.
 */
import { safeStorage } from 'electron';

export interface Keystore {
  /** Both take and give Base64; null where the keystore refused. */
  wrap(bytes: string): Promise<string | null>;
  unwrap(bytes: string): Promise<string | null>;
}

/** The keystore of this machine, or null where it has none that protects anything. */
export function openKeystore(): Keystore | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return { wrap, unwrap };
}

async function wrap(bytes: string): Promise<string | null> {
  try {
    const sealed =
      typeof safeStorage.encryptStringAsync === 'function'
        ? await safeStorage.encryptStringAsync(bytes)
        : safeStorage.encryptString(bytes);
    return sealed.toString('base64');
  } catch {
    // The keystore's own words may name accounts; that it refused is all the core has to know.
    return null;
  }
}

async function unwrap(bytes: string): Promise<string | null> {
  try {
    const sealed = Buffer.from(bytes, 'base64');
    if (typeof safeStorage.decryptStringAsync !== 'function') return safeStorage.decryptString(sealed);
    return (await safeStorage.decryptStringAsync(sealed)).result;
  } catch {
    return null;
  }
}
