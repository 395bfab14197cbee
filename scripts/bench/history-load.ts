/** Sends vitals for the ward of `bench -- history` at a steady rate from a process of its own. Words: port, rate, offset. */
import { connectMonitor, oruMessage } from '../../e2e/monitor.ts';
import { BEDS, bedNameOf, identifierOf, valuesOf } from './history-record.ts';

const [port = 0, rate = 1, offsetMs = 0] = process.argv.slice(2).map(Number);
const monitors = await Promise.all(Array.from({ length: BEDS }, () => connectMonitor(port)));
let sent = 0;
let answered = 0;
let refused = 0;
const began = performance.now();
const timer = setInterval(() => {
  const due = Math.floor(((performance.now() - began) / 1000) * rate);
  for (; sent < due; sent++) {
    const bed = sent % BEDS;
    const monitor = monitors[bed];
    if (monitor === undefined) continue;
    const at = new Date(Date.now() + offsetMs);
    const values = valuesOf(bed, at.getTime());
    const message = oruMessage({
      bed: bedNameOf(bed),
      patientId: identifierOf(bed),
      controlId: `H${process.pid}-${sent}`,
      at,
      rr: values.rr ?? 16,
      spo2: values.spo2 ?? 96,
      temp: values.temp_c ?? 37,
      sbp: values.sbp_art ?? 120,
      dbp: values.dbp_art ?? 70,
      hr: values.hr ?? 80,
    });
    monitor.send(message).then(
      (answer) => {
        if (answer.includes('MSA|AA')) answered++;
        else refused++;
      },
      () => refused++,
    );
  }
}, 5);
process.on('message', () => {
  clearInterval(timer);
  process.send?.({ sent, answered, refused, seconds: (performance.now() - began) / 1000 });
  for (const monitor of monitors) monitor.close();
  process.disconnect();
});
// A measurement that was ended leaves no load behind.
process.on('disconnect', () => process.exit());
process.send?.('ready');
