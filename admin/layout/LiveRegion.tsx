import { useEffect, useState } from 'react';
import { onLive } from '../providers/live.ts';
import { useT } from '../parts/speech.ts';

/** Tells screen readers politely that something on the page has changed; the focus stays where it is. */
export function LiveRegion() {
  const t = useT();
  const [text, setText] = useState('');
  useEffect(() => onLive(() => {
    setText(t('state.live_changed'));
    setTimeout(() => setText(''), 3_000);
  }), [t]);
  return <div aria-live="polite" className="hidden-text">{text}</div>;
}
