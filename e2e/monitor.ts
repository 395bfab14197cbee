/** A bedside monitor for tests: sends HL7 over MLLP and reads the answers. Shares no code with the program. */
import { connect, type Socket } from 'node:net';

const START = 0x0b;
const END = Buffer.from([0x1c, 0x0d]);

export interface Monitor {
  /** Sends one message in a frame and resolves with the text of the answer. */
  send(message: string): Promise<string>;
  /** Sends bytes as they are, and waits for nothing. */
  sendRaw(bytes: Buffer): void;
  /** The next answer that has not been read yet. */
  nextAnswer(): Promise<string>;
  close(): void;
}

export async function connectMonitor(port: number): Promise<Monitor> {
  const socket: Socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => socket.destroy());
  let received = Buffer.alloc(0);
  const answers: string[] = [];
  const waiting: ((answer: string) => void)[] = [];
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let end = received.indexOf(END); end >= 0; end = received.indexOf(END)) {
      const answer = received.subarray(received.indexOf(START) + 1, end).toString('utf8');
      received = received.subarray(end + END.length);
      const reader = waiting.shift();
      if (reader) reader(answer);
      else answers.push(answer);
    }
  });
  const nextAnswer = (): Promise<string> => {
    const answer = answers.shift();
    if (answer !== undefined) return Promise.resolve(answer);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the listener did not answer within 10 s')), 10_000);
      waiting.push((text) => {
        clearTimeout(timer);
        resolve(text);
      });
    });
  };
  return {
    send(message) {
      socket.write(Buffer.concat([Buffer.from([START]), Buffer.from(message, 'utf8'), END]));
      return nextAnswer();
    },
    sendRaw: (bytes) => void socket.write(bytes),
    nextAnswer,
    close: () => socket.destroy(),
  };
}

export interface SentVitals {
  readonly bed: string;
  readonly patientId: string;
  readonly controlId: string;
  readonly at?: Date;
  readonly rr?: number;
  readonly spo2?: number;
  readonly temp?: number;
  readonly sbp?: number;
  readonly dbp?: number;
  readonly hr?: number;
}

/** An ORU^R01 as a gateway with IEEE 11073 codes writes it. */
export function oruMessage(vitals: SentVitals): string {
  const at = `${(vitals.at ?? new Date()).toISOString().replace(/[-:T]/g, '').slice(0, 14)}+0000`;
  const observations = [
    ['151562^MDC_RESP_RATE^MDC', vitals.rr, '264928^MDC_DIM_RESP_PER_MIN^MDC'],
    ['150456^MDC_PULS_OXIM_SAT_O2^MDC', vitals.spo2, '262688^MDC_DIM_PERCENT^MDC'],
    ['150344^MDC_TEMP^MDC', vitals.temp, '268192^MDC_DIM_DEGC^MDC'],
    ['150021^MDC_PRESS_BLD_NONINV_SYS^MDC', vitals.sbp, '266016^MDC_DIM_MMHG^MDC'],
    ['150022^MDC_PRESS_BLD_NONINV_DIA^MDC', vitals.dbp, '266016^MDC_DIM_MMHG^MDC'],
    ['147842^MDC_ECG_HEART_RATE^MDC', vitals.hr, '264864^MDC_DIM_BEAT_PER_MIN^MDC'],
  ]
    .filter(([, value]) => value !== undefined)
    .map(
      ([code, value, unit], index) => `OBX|${index + 1}|NM|${code}|1.1.1.${index + 1}|${value}|${unit}|||||F`,
    );
  return [
    `MSH|^~\\&|TESTGATE|ICU|||${at}||ORU^R01^ORU_R01|${vitals.controlId}|P|2.6`,
    `PID|||${vitals.patientId}^^^HOSP^MR||TESTPATIENT^ASHA^^^^^L||19580412|F`,
    `PV1||I|^^${vitals.bed}`,
    `OBR|1|||182777000^monitoring of patient^SCT|||${at}`,
    ...observations,
    '',
  ].join('\r');
}
