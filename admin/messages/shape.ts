import type { TranslationMessages } from 'react-admin';
import type { de } from './de.ts';

type Strings<Value> = Value extends string ? string : { readonly [Key in keyof Value]: Strings<Value[Key]> };

/** What each language has to say: the German catalogue's keys, with any words. */
export type Messages = Strings<typeof de>;
/** React-admin's own keys, all of them; the optional ones of screens that we don't have may be left out. */
export type RaMessages = TranslationMessages['ra'];

type Paths<Value, Before extends string = ''> = {
  [Key in keyof Value & string]: Value[Key] extends string ? `${Before}${Key}` : Paths<Value[Key], `${Before}${Key}.`>;
}[keyof Value & string];

export type MessageKey = Paths<typeof de>;

/** Looks a message up by its key; a key that is not there does not compile. */
export type Translate = (key: MessageKey, data?: Record<string, unknown>) => string;
