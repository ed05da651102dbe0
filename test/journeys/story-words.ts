/** What the people of the story read and press, in both languages. */
export type StoryWords = {
  readonly language: 'de' | 'en'; readonly coordinator: string;
  readonly title: string; readonly firm: string; readonly contactName: string; readonly contactEmail: string;
  readonly email: string; readonly signIn: string; readonly dashboard: string; readonly newTicket: string;
  readonly titleLabel: string; readonly workspaceLabel: string; readonly create: string; readonly assign: string; readonly assignSend: RegExp;
  readonly statusAssigned: string; readonly statusAccepted: string; readonly statusDone: string; readonly statusClosed: string; readonly close: string;
  readonly mailFirstSentence: string; readonly accept: string; readonly acceptedSentence: string; readonly send: string;
  readonly linkMessage: string; readonly replyText: string; readonly doneWord: string;
};

export const STORY_WORDS: Readonly<Record<string, StoryWords>> = {
  'de-DE': {
    language: 'de', coordinator: 'jana.merkwitz@ahornfeld.example', title: 'Geländer im Hof locker', firm: 'Schließtechnik Riegelbach', contactName: 'Nadja Riegelbach', contactEmail: 'n.riegelbach@riegelbach.example',
    email: 'E-Mail-Adresse', signIn: 'Anmelden', dashboard: 'Übersicht', newTicket: 'Meldung', titleLabel: 'Titel', workspaceLabel: 'Arbeitsbereich',
    create: 'Meldung anlegen', assign: 'Beauftragen', assignSend: /senden/, statusAssigned: 'Angefragt', statusAccepted: 'Angenommen', statusDone: 'Erledigt, zu prüfen', statusClosed: 'Abgeschlossen',
    close: 'Abschließen', mailFirstSentence: 'wir möchten Sie mit folgender Arbeit beauftragen', accept: 'Auftrag annehmen', acceptedSentence: 'der Auftrag ist angenommen', send: 'Senden',
    linkMessage: 'Wir bringen das passende Gewinde mit.', replyText: 'Material ist bestellt, Bericht anbei.', doneWord: 'Erledigt',
  },
  'en-GB': {
    language: 'en', coordinator: 'emily.clarke@ahornfeld.example', title: 'Handrail in the yard loose', firm: 'Northgate Door Services', contactName: 'Emma Hartley', contactEmail: 'emma.hartley@northgate.example',
    email: 'E-mail address', signIn: 'Sign in', dashboard: 'Overview', newTicket: 'Ticket', titleLabel: 'Title', workspaceLabel: 'Workspace',
    create: 'Create ticket', assign: 'Assign', assignSend: /send/i, statusAssigned: 'Awaiting answer', statusAccepted: 'Accepted', statusDone: 'Done, to be checked', statusClosed: 'Closed',
    close: 'Close', mailFirstSentence: 'We would like you to carry out the following work', accept: 'Accept', acceptedSentence: 'the work order is accepted', send: 'Send',
    linkMessage: 'We will bring the right thread.', replyText: 'Material is ordered, report attached.', doneWord: 'Done',
  },
};
