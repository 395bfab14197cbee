// The peer of `bench -- start`: the least Electron program, with the same security switches as ours. It says by the
// window's title when the browser has presented its first frame with content, as ours does.
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1920,
    height: 1080,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  window.on('page-title-updated', (_event, title) => {
    if (title.startsWith('painted')) process.stderr.write(`${JSON.stringify({ event: 'window-titled' })}\n`);
  });
  window.loadFile(join(app.getAppPath(), 'index.html'));
});
app.on('window-all-closed', () => app.quit());
