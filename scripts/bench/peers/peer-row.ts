/** The one wide row that a peer inserts for a message: what was sent, whose it is, when, and its values. */
const PEER_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['147842', 'hr'],
  ['149530', 'pulse'],
  ['151562', 'rr'],
  ['150456', 'spo2'],
  ['150344', 'temp_c'],
  ['150037', 'sbp_art'],
  ['150038', 'dbp_art'],
  ['150039', 'map_art'],
  ['150021', 'sbp_nibp'],
  ['150022', 'dbp_nibp'],
  ['150023', 'map_nibp'],
  ['150087', 'cvp'],
  ['151708', 'etco2'],
]);
const NAMES = [...PEER_COLUMNS.values()];

export const SCHEMA = `CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, control_id TEXT NOT NULL,
  patient TEXT NOT NULL, observed_at TEXT NOT NULL, raw TEXT NOT NULL, ${NAMES.map((name) => `${name} REAL`).join(', ')})`;
export const INSERT = `INSERT INTO messages (control_id, patient, observed_at, raw, ${NAMES.join(', ')})
  VALUES (?, ?, ?, ?, ${NAMES.map(() => '?').join(', ')})`;

interface PeerMessage {
  readonly controlId: string;
  readonly patient: string;
  readonly observedAt: string;
  readonly raw: string;
  readonly values: Readonly<Record<string, number>>;
}

export function peerRow(message: PeerMessage): (string | number | null)[] {
  const { controlId, patient, observedAt, raw, values } = message;
  return [controlId, patient, observedAt, raw, ...NAMES.map((name) => values[name] ?? null)];
}

/** As much of the library's message as is used; the server and the limit line have two versions of it. */
interface LibrarySegment {
  getField(index: number): { toString(): string } | undefined;
  getComponent(field: number, component: number): string | undefined;
}
interface LibraryMessage {
  readonly header: LibrarySegment;
  getSegment(name: string): LibrarySegment | undefined;
  getAllSegments(name: string): LibrarySegment[];
  toString(): string;
}

/** What the row is made of, read with the library's own accessors. */
export function fieldsOf(message: LibraryMessage): PeerMessage {
  const values: Record<string, number> = {};
  for (const obx of message.getAllSegments('OBX')) {
    const name = PEER_COLUMNS.get(obx.getComponent(3, 1) ?? '');
    if (name !== undefined) values[name] = Number(obx.getField(5)?.toString());
  }
  return {
    controlId: message.header.getField(10)?.toString() ?? '',
    patient: message.getSegment('PID')?.getComponent(3, 1) ?? '',
    observedAt: message.getSegment('OBR')?.getField(7)?.toString() ?? '',
    raw: message.toString(),
    values,
  };
}
