import { wordsOf } from '#domain/words/index.ts';
import { invitationWordsDe } from '#templates/pages/words/invitation-de.ts';
import { invitationWordsEn } from '#templates/pages/words/invitation-en.ts';
import { de } from '../../admin/messages/de.ts';
import { en } from '../../admin/messages/en.ts';
import type { Messages } from '../../admin/messages/shape.ts';

export type Person = { readonly name: string; readonly email: string; readonly password: string };

/** Who appears and what they write, in one language; what stands on buttons comes from the catalogues. */
export type PartnerStory = {
  readonly locale: 'de-DE' | 'en-GB'; readonly language: 'de' | 'en'; readonly languageName: string;
  readonly company: string; readonly admin: Person; readonly coordinator: Person; readonly technician: Person; readonly observer: string;
  readonly invitationSubject: RegExp; readonly message: string; readonly title: string; readonly question: string; readonly secret: string; readonly answer: string;
  readonly ownNumber: string; readonly doneWord: string; readonly reason: string;
};

const password = 'regenbogen-am-kran-2026';

export const PARTNER_STORIES: readonly PartnerStory[] = [
  {
    locale: 'de-DE', language: 'de', languageName: 'Deutsch', company: 'Wartung Kranbach',
    admin: { name: 'Olga Kranbach', email: 'olga@kranbach.example', password }, coordinator: { name: 'Bela Winter', email: 'bela@kranbach.example', password },
    technician: { name: 'Tarik Sommer', email: 'tarik@kranbach.example', password }, observer: 'mieter@halle2.example',
    invitationSubject: /Einladung zur Zusammenarbeit/, message: 'Wie am Telefon besprochen.', title: 'Rauchabzug Halle 2 klemmt', question: 'Bitte den Hausmeister vorher anrufen.',
    secret: 'Zylinder vom letzten Mal liegt noch im Lager.', answer: 'Wir bringen einen neuen Zylinder mit.', ownNumber: 'KB-4711', doneWord: 'Erledigt', reason: 'Der Vertrag läuft aus.',
  },
  {
    locale: 'en-GB', language: 'en', languageName: 'English', company: 'Brightwell Maintenance',
    admin: { name: 'Olive Brightwell', email: 'olive@brightwell.example', password }, coordinator: { name: 'Ben Waters', email: 'ben@brightwell.example', password },
    technician: { name: 'Tess Hill', email: 'tess@brightwell.example', password }, observer: 'tenant@hall2.example',
    invitationSubject: /invitation to collaborate/i, message: 'As discussed on the phone.', title: 'Smoke vent in hall 2 is stuck', question: 'Please call the caretaker first.',
    secret: 'The cylinder of last time is still in the store.', answer: 'We will bring a new cylinder.', ownNumber: 'BW-4711', doneWord: 'Done', reason: 'The contract runs out.',
  },
];

/** What stands on the portal and on the invitation's pages. */
export function shownTo({ locale, language }: PartnerStory): { portal: Messages; page: Readonly<Record<keyof typeof invitationWordsDe, string>>; words: ReturnType<typeof wordsOf> } {
  return { portal: language === 'de' ? de : en, page: language === 'de' ? invitationWordsDe : invitationWordsEn, words: wordsOf(locale) };
}
