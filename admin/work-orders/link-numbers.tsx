import { Link } from 'react-router-dom';

const NUMBER = /\b([A-Z]{1,3}-\d{4}-\d{5,})\b/;

/** Numbers of orders inside a text become links to a search for them; all else stays plain text. */
export function linkNumbers(text: string): React.ReactNode {
  const parts = text.split(NUMBER);
  if (parts.length === 1) return text;
  return parts.map((part, at) => (at % 2 === 1
    ? <Link key={`${at}${part}`} to={`/work-orders?filter=${encodeURIComponent(JSON.stringify({ q: part }))}`}>{part}</Link>
    : part));
}
