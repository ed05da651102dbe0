import { lazy, Suspense, type ComponentType, type FunctionComponent } from 'react';
import { LoadingRows } from './States.tsx';

/** A screen that is loaded when it is first opened; modules export by name, `lazy` wants a default. */
export function lazyScreen<Props extends object>(load: () => Promise<ComponentType<Props>>): FunctionComponent<Props> {
  const Screen = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function LazyScreen(props: Props) {
    return <Suspense fallback={<LoadingRows rows={8} />}><Screen {...props} /></Suspense>;
  };
}
