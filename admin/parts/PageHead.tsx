import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { ChevronRightIcon } from './icons.ts';
import { Count } from './Panel.tsx';

export type Crumb = { readonly label: string; readonly to: string };
type PageHeadProps = {
  readonly title: string; readonly crumbs?: readonly Crumb[]; readonly end?: string; readonly count?: number | undefined;
  readonly beside?: ReactNode; readonly actions?: ReactNode;
};

/** The page's title with what stands beside it; also names the browser tab. */
export function PageHead({ title, crumbs = [], end, count, beside, actions }: PageHeadProps) {
  usePageTitle(end ? `${end} ${title}` : title);
  return (
    <header>
      {crumbs.length > 0 ? (
        <nav className="crumbs" aria-label="Breadcrumb">
          {crumbs.map((crumb) => (
            <span key={crumb.to} className="icon-line"><Link to={crumb.to}>{crumb.label}</Link><ChevronRightIcon /></span>
          ))}
          <span>{end ?? title}</span>
        </nav>
      ) : null}
      <div className="page-head">
        <h1>{title}</h1>
        {count === undefined ? null : <Count value={count} />}
        {beside}
        {actions ? <div className="page-actions">{actions}</div> : null}
      </div>
    </header>
  );
}

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Gewerk`;
  }, [title]);
}
