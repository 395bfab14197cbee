/** How a priority looks: shape, stars, word and colour together. None of them stands for the others. */
import type { IconProps } from './icons.tsx';

export type Priority = 'high' | 'medium' | 'low' | 'technical';

/** IEC 60601-1-8 habits. */
export const STARS: { readonly [priority in Priority]: string } = {
  high: '***',
  medium: '**',
  low: '*',
  technical: '',
};

/** The shape of a priority; `none` is the open circle of a score without risk. */
export function PriorityShape({ priority, size = 14 }: IconProps & { priority: Priority | 'none' }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {shapeOf(priority)}
    </svg>
  );
}

function shapeOf(priority: Priority | 'none') {
  switch (priority) {
    case 'high':
      return <path d="M8 1 15.5 14.5H.5Z" fill="currentColor" />;
    case 'medium':
      return <path d="M8 .8 15.2 8 8 15.2.8 8Z" fill="currentColor" />;
    case 'low':
      return <circle cx="8" cy="8" r="6.6" fill="currentColor" />;
    case 'technical':
      return <path d="M2 2h12v12H2ZM5 11 11 5" fill="none" stroke="currentColor" strokeWidth="2" />;
    case 'none':
      return <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" />;
  }
}
