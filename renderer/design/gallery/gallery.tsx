/** Every part in its states, to look at in both themes and both languages. Nothing here acts. */
import { useState } from 'react';
import { type LanguageCode, screenWords } from '../../../app/language/language.ts';
import {
  Button,
  Choice,
  Field,
  IconChecking,
  IconShield,
  IconShieldHeld,
  Keypad,
  News2Block,
  Panel,
  Plot,
  PointsChip,
  type Priority,
  ProbabilityMeter,
  ReadingCell,
  Segmented,
  SentenceRow,
  StatusMark,
  StepLine,
  Table,
  Tag,
  WithSubscripts,
} from '../index.ts';
import { SAMPLE_HISTORY, SAMPLE_SCORES, SAMPLE_SENTENCES, SAMPLE_TREND, sampleReadings } from './samples.ts';
import './gallery.css';

const PRIORITIES: readonly Priority[] = ['high', 'medium', 'low', 'technical'];
const SIZES = ['large', 'compact', 'bed'] as const;

export function Gallery({ language }: { readonly language: LanguageCode }) {
  return (
    <div className="gallery">
      <Risks language={language} />
      <Readings language={language} />
      <Actions language={language} />
      <Texts language={language} />
    </div>
  );
}

function Risks({ language }: { readonly language: LanguageCode }) {
  const words = screenWords(language);
  return (
    <>
      <Panel title={words.system.priorities}>
        <div className="gallery-row">
          {PRIORITIES.map((priority) => (
            <div key={priority} className="gallery-pair">
              <StatusMark priority={priority} label={words.common.priority[priority]} />
              <StatusMark priority={priority} label={words.common.priority[priority]} owned />
            </div>
          ))}
        </div>
      </Panel>
      <Panel title="NEWS2">
        {SIZES.map((size) => (
          <div key={size} className="gallery-row">
            {SAMPLE_SCORES.map((score, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
              <News2Block key={index} score={score} size={size} stale={index === 0} language={language} />
            ))}
          </div>
        ))}
        <div className="gallery-row">
          <StepLine history={SAMPLE_HISTORY} />
          <StepLine history={SAMPLE_HISTORY} width={215} height={46} />
          {([0, 1, 2, 3, null] as const).map((points) => (
            <PointsChip key={points} points={points} />
          ))}
        </div>
      </Panel>
    </>
  );
}

function Readings({ language }: { readonly language: LanguageCode }) {
  const [readings] = useState(sampleReadings);
  const words = screenWords(language);
  return (
    <Panel title={words.system.readings}>
      {SIZES.map((size) => (
        <div key={size} className={`gallery-readings gallery-${size}`}>
          {readings.map(({ label, reading, points, unit }, index) => (
            <ReadingCell
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
              key={index}
              label={<WithSubscripts text={label} />}
              reading={reading}
              format={String}
              points={points}
              now={performance.now()}
              size={size}
              unit={size === 'bed' ? unit : undefined}
              language={language}
            />
          ))}
        </div>
      ))}
      <Plot
        hours={12}
        label={words.bed.trends}
        unit="/min"
        points={SAMPLE_TREND}
        least={40}
        most={160}
        language={language}
      />
    </Panel>
  );
}

function Actions({ language }: { readonly language: LanguageCode }) {
  const words = screenWords(language);
  const [order, setOrder] = useState<'risk' | 'bed'>('risk');
  const [accuracy, setAccuracy] = useState<'accurate' | 'inaccurate' | 'unsure' | null>(null);
  const [typed, setTyped] = useState('37.2');
  return (
    <Panel title={words.alert.actPanel} note={words.alert.ratePanel}>
      <div className="gallery-row">
        <Button variant="primary" critical detail={words.alert.acknowledgeDetail} shortcut="A">
          {words.alert.acknowledge}
        </Button>
        <Button critical detail={words.alert.escalateDetail} shortcut="X">
          {words.alert.escalate}
        </Button>
        <Button>{words.common.open}</Button>
        <Button variant="ghost">{words.common.cancel}</Button>
        <Button isDisabled disabledReason={words.entry.nothingEntered}>
          {words.common.save}
        </Button>
        <Tag>{words.ward.pregnant}</Tag>
        <Tag tone="tech">{words.system.noModel}</Tag>
        <Tag tone="demo">{words.demo.mark}</Tag>
      </div>
      <div className="gallery-row">
        <Segmented
          label={words.ward.order}
          value={order}
          onChange={setOrder}
          options={[
            { value: 'risk', label: words.ward.byRisk, count: 14 },
            { value: 'bed', label: words.ward.byBed },
          ]}
        />
        <Choice
          label={words.alert.accurateQuestion}
          value={accuracy}
          onChange={setAccuracy}
          options={[
            { value: 'accurate', label: words.alert.accurate },
            { value: 'inaccurate', label: words.alert.inaccurate },
            { value: 'unsure', label: words.alert.unsure, detail: words.entry.toConfirm },
          ]}
          critical
        />
      </div>
      <div className="gallery-entry">
        <Keypad
          label={words.entry.keypad}
          deleteLabel={words.common.delete}
          onDigit={(digit) => setTyped(typed + digit)}
          onPoint={() => setTyped(typed.includes('.') ? typed : `${typed}.`)}
          onDelete={() => setTyped(typed.slice(0, -1))}
        />
        <div>
          <Field
            label={words.entry.oneDecimal}
            value={typed}
            onChange={setTyped}
            error={words.entry.unusualDetail}
          />
          <Field
            label={words.alert.comment}
            value=""
            onChange={() => {}}
            multiline
            hint={words.alert.commentHint}
          />
        </div>
      </div>
    </Panel>
  );
}

function Texts({ language }: { readonly language: LanguageCode }) {
  const words = screenWords(language).alert;
  return (
    <Panel title={words.whyPanel} note={words.aiNote}>
      <ol>
        {SAMPLE_SENTENCES.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
          <SentenceRow key={index} index={index + 1} sentence={sentence} showParts language={language} />
        ))}
      </ol>
      <div className="gallery-row">
        <IconShield /> {words.verified} <IconShieldHeld /> {words.withheld} <IconChecking /> {words.checking}
      </div>
      <ProbabilityMeter value={0.91} policy="shown" language={language} />
      <Table
        caption={words.scorePanel}
        columns={[
          { key: 'parameter', title: words.parameter },
          { key: 'value', title: words.value, align: 'end' },
        ]}
        rows={[
          {
            key: 'spo2',
            cells: { parameter: <WithSubscripts text="SpO2" />, value: '92 %' },
            onPress: () => {},
          },
          { key: 'hr', cells: { parameter: 'HR', value: '115 /min' } },
        ]}
      />
    </Panel>
  );
}
