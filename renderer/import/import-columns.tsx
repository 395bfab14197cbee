/** What each column of a table is read as, with its first values beside it. */
import type { ImportPreview } from '../../app/contract/calls/imports.ts';
import { type ScreenWords, vitalName } from '../../app/language/language.ts';
import { isZoneName } from '../../app/observation/hl7/site-zone.ts';
import { VITALS } from '../../app/observation/vital.ts';
import { TABLE_FIELDS, type TableField } from '../../app/replay/columns.ts';
import { DECIMAL_MARKS, type DecimalMark } from '../../app/replay/decimal.ts';
import { Choice, Field, Table } from '../design/index.ts';
import { useWard, useWords } from '../shell/index.ts';

export interface Mapping {
  readonly columns: ImportPreview['columns'];
  readonly zone: string;
  readonly patientId: string | null;
  /** Null: the table does not tell it, and nobody has yet. */
  readonly decimals: DecimalMark | null;
}

export interface ImportColumnsProps {
  readonly preview: ImportPreview;
  readonly mapping: Mapping;
  readonly isDisabled: boolean;
  readonly onChange: (mapping: Mapping) => void;
}

export function ImportColumns({ preview, mapping, isDisabled, onChange }: ImportColumnsProps) {
  const { words, language } = useWords();
  const beds = useWard((state) => state.beds);
  if (preview.kind === 'fhir') return null;
  const isZone = mapping.zone.trim() === '' || isZoneName(mapping.zone.trim());
  const namesPatient = mapping.columns.some(({ field }) => field === 'patient');
  const set = (index: number, field: TableField | null): void =>
    onChange({
      ...mapping,
      // Each meaning has one column: who takes it over leaves the other unread.
      columns: mapping.columns.map((column, at) => {
        if (at === index) return { ...column, field };
        return field !== null && column.field === field ? { ...column, field: null } : column;
      }),
    });
  return (
    <fieldset className="imports-columns" disabled={isDisabled}>
      <legend className="only-heard">{words.imports.columns}</legend>
      <Table
        caption={words.imports.columns}
        columns={[
          { key: 'name', title: words.imports.column },
          { key: 'samples', title: words.imports.samples },
          { key: 'field', title: words.imports.meaning },
        ]}
        rows={mapping.columns.map(({ name, field, samples }, index) => ({
          key: `${index} ${name}`,
          cells: {
            name: <b>{name}</b>,
            samples: <span className="mono">{samples.join(' · ')}</span>,
            field: (
              <select
                className="field-input"
                aria-label={`${words.imports.meaning}: ${name}`}
                value={field ?? ''}
                onChange={({ currentTarget }) =>
                  set(index, TABLE_FIELDS.find((one) => one === currentTarget.value) ?? null)
                }
              >
                <option value="">{words.imports.notRead}</option>
                {TABLE_FIELDS.map((one) => (
                  <option key={one} value={one}>
                    {fieldText(words, language, one)}
                  </option>
                ))}
              </select>
            ),
          },
        }))}
      />
      <Field
        label={words.imports.zone}
        value={mapping.zone}
        onChange={(zone) => onChange({ ...mapping, zone })}
        hint={words.imports.zoneHint}
        error={isZone ? null : words.imports.zoneWrong}
        maxLength={64}
      />
      <Choice
        label={words.imports.decimals}
        value={mapping.decimals}
        onChange={(decimals) => onChange({ ...mapping, decimals })}
        options={DECIMAL_MARKS.map((value) => ({ value, label: words.imports.decimalsOf[value] }))}
      />
      <p className="imports-note">{words.imports.decimalsFound[preview.decimals]}</p>
      {!namesPatient && (
        <label className="field">
          <span>{words.imports.patient}</span>
          <select
            className="field-input"
            value={mapping.patientId ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...mapping, patientId: value === '' ? null : value })
            }
          >
            <option value="">{words.imports.noPatient}</option>
            {Object.values(beds)
              .map(({ view }) => view)
              .filter(({ patient }) => !patient.demonstration)
              .map(({ bed, patient }) => (
                <option key={patient.id} value={patient.id}>
                  {`${bed} ${patient.name}`}
                </option>
              ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}

function fieldText(words: ScreenWords, language: Parameters<typeof vitalName>[0], field: TableField): string {
  const vital = VITALS.find((one) => one === field);
  if (vital !== undefined) return vitalName(language, vital, 'long');
  const names: Readonly<Record<string, string>> = words.imports.fields;
  return names[field] ?? field;
}
