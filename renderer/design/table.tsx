/** A plain table. A row that opens something has one button that covers the whole row. */
import type { ReactNode } from 'react';
import './table.css';

export interface TableProps {
  readonly columns: readonly {
    readonly key: string;
    readonly title: ReactNode;
    readonly align?: 'start' | 'end';
  }[];
  readonly rows: readonly {
    readonly key: string;
    readonly cells: { readonly [column: string]: ReactNode };
    readonly onPress?: (() => void) | undefined;
  }[];
  /** Names the table for those who hear it; it is not drawn. */
  readonly caption: string;
}

export function Table({ columns, rows, caption }: TableProps) {
  return (
    <table className="table">
      <caption className="only-heard">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, title, align = 'start' }) => (
            <th key={key} scope="col" className={`table-${align}`}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells, onPress }) => (
          <tr key={key} className={onPress === undefined ? '' : 'table-opens'}>
            {columns.map((column, index) => (
              <td key={column.key} className={`table-${column.align ?? 'start'}`}>
                {onPress !== undefined && index === 0 ? (
                  <button type="button" className="table-open" onClick={onPress}>
                    {cells[column.key]}
                  </button>
                ) : (
                  cells[column.key]
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
