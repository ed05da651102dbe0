import type { ReactNode } from 'react';

export type Fact = readonly [label: string, value: ReactNode];

/** What is known of something, label and value; what is not known is left out, or shown as a dash where `isWhole`. */
export function FactList({ facts, isWhole }: { readonly facts: readonly Fact[]; readonly isWhole?: boolean }) {
  const shown = facts.filter(([, value]) => isWhole || (value !== null && value !== undefined && value !== '' && value !== false));
  return (
    <dl className="facts">
      {shown.map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value === '' || value === null || value === undefined ? '–' : value}</dd></div>)}
    </dl>
  );
}
