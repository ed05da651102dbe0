import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export type PhoneHead = { readonly title: string; readonly subtitle: string; readonly backTo: string; readonly actions?: ReactNode };
type Slot = { readonly head: PhoneHead | null; readonly setHead: (head: PhoneHead | null) => void };
const PhoneHeadContext = createContext<Slot>({ head: null, setHead: () => undefined });

/** On a phone, a screen may take over the app bar: back, number and place, its own actions. */
export function PhoneHeadProvider({ children }: { children: ReactNode }) {
  const [head, setHead] = useState<PhoneHead | null>(null);
  const slot = useMemo(() => ({ head, setHead }), [head]);
  return <PhoneHeadContext value={slot}>{children}</PhoneHeadContext>;
}

export function usePhoneHeadSlot(): PhoneHead | null {
  return useContext(PhoneHeadContext).head;
}

export function usePhoneHead(title: string, subtitle: string, backTo: string, actions?: ReactNode): void {
  const { setHead } = useContext(PhoneHeadContext);
  useEffect(() => {
    setHead({ title, subtitle, backTo, actions });
    return () => setHead(null);
  }, [title, subtitle, backTo, actions, setHead]);
}
