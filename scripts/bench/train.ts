/**
 * `bench -- train`: seconds an example against TRL's own script (`trl.scripts.sft`), on the same weights, examples,
 * adapter and number format, in turn. What each needs to start is not counted: TRL tells how long it trained itself.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syntheticRefusals } from '../../app/learning/generator/questions.ts';
import { writeDataSet } from '../../main/core/learning/build-data-set.ts';
import { MODELS_DIR, RUNTIME_DIR, TRAINER_DIR } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { runApart } from '../setup/test-run.ts';
import { TRAINER_SET_UP, trainerPython } from '../setup/trainer-environment.ts';
import { median, pairedRatio } from './statistics.ts';

const FOLDER = join(RUNTIME_DIR, 'bench', 'train');
/** Short ones, of some 70 tokens: what a trainer adds of its own weighs the more. */
const EXAMPLES = 16;
const PAIRS = 3;
const LIMIT = 1.05;

export interface TrainFigures {
  readonly examples: number;
  readonly secondsAnExample: { readonly ours: readonly number[]; readonly trl: readonly number[] };
  readonly ratio: { readonly median: number; readonly least: number; readonly most: number };
  readonly limit: number;
}

async function python(interpreter: string, words: readonly string[]): Promise<string> {
  const environment = ['PYTHONPATH', TRAINER_DIR, 'OMP_WAIT_POLICY', 'PASSIVE', 'HF_HUB_OFFLINE', '1'];
  const settings = environment.flatMap((word, index) =>
    index % 2 === 0 ? [`${word}=${environment[index + 1]}`] : [],
  );
  const { status, output } = await runApart('env', [...settings, interpreter, ...words]);
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}:\n${output.slice(-2000)}`);
  return output;
}

/** What transformers says of a training at its end, in both logs. */
function secondsIn(output: string): number {
  const told = /'train_runtime': '?([\d.]+)/u.exec(output)?.[1];
  if (told === undefined) throw new Error(`the log tells no time:\n${output.slice(-2000)}`);
  return Number(told) / EXAMPLES;
}

/** Null where the trainer's environment or the model is missing; what to do was said then. */
export async function benchTrain(): Promise<TrainFigures | null> {
  const interpreter = trainerPython();
  const model = readdirSync(MODELS_DIR).find((file) => /^SmolLM2-135M-Instruct\..*\.gguf$/u.test(file));
  if (interpreter === null || model === undefined) {
    say(interpreter === null ? `There is no Python environment: ${TRAINER_SET_UP}` : 'The model is missing.');
    return null;
  }
  rmSync(FOLDER, { recursive: true, force: true });
  const data = join(FOLDER, 'data');
  // More than are trained: some are kept for validation and test.
  writeDataSet({ id: 'race', out: data, seed: 1, program: 'bench' }, syntheticRefusals(1, EXAMPLES * 3));
  const race = join(FOLDER, 'race');
  await python(interpreter, [
    join(TRAINER_DIR, 'bench/case.py'),
    data,
    MODELS_DIR,
    model,
    `${EXAMPLES}`,
    race,
  ]);

  const ours: number[] = [];
  const trl: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const run = join(FOLDER, `ours-${pair}`);
    const files = ['--data', join(race, 'ours'), '--run', run];
    ours.push(
      secondsIn(
        await python(interpreter, [
          '-m',
          'medobsmind_trainer',
          'train',
          join(race, 'configuration.json'),
          ...files,
        ]),
      ),
    );
    trl.push(secondsIn(await python(interpreter, plainTrl(race, join(FOLDER, `trl-${pair}`)))));
    say(
      `  pair ${pair + 1} of ${PAIRS}: ${ours[pair]?.toFixed(2)} s an example, TRL ${trl[pair]?.toFixed(2)} s`,
    );
  }
  return { examples: EXAMPLES, secondsAnExample: { ours, trl }, ratio: pairedRatio(ours, trl), limit: LIMIT };
}

/** TRL's script with our settings; what is not said here is as it has it. */
function plainTrl(race: string, output: string): string[] {
  const options = {
    model_name_or_path: join(race, 'model'),
    dtype: 'float32',
    dataset_name: join(race, 'theirs'),
    output_dir: output,
    num_train_epochs: '1',
    per_device_train_batch_size: '2',
    gradient_accumulation_steps: '1',
    learning_rate: '0.001',
    lr_scheduler_type: 'cosine',
    warmup_steps: '1',
    max_grad_norm: '0.3',
    max_length: '2048',
    logging_steps: '1',
    optim: 'adamw_torch',
    seed: '42',
    use_peft: 'true',
    lora_r: '16',
    lora_alpha: '32',
    lora_dropout: '0.05',
    use_cpu: 'true',
    bf16: 'true',
    activation_checkpointing: 'false',
    report_to: 'none',
    disable_tqdm: 'true',
  };
  const words = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
  return ['-m', 'trl.scripts.sft', ...words, '--lora_target_modules', 'q_proj', 'k_proj', 'v_proj', 'o_proj'];
}

export function trainLines({ examples, secondsAnExample, ratio, limit }: TrainFigures): string[] {
  const { ours, trl } = secondsAnExample;
  return [
    `${examples} examples, ${ours.length} pairs in turn, on this processor`,
    `the trainer:      median ${median(ours).toFixed(2)} s an example`,
    `TRL's own script: median ${median(trl).toFixed(2)} s an example`,
    `ratio pair by pair: median ${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}), limit ${limit}`,
  ];
}
