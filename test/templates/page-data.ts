import type { DateForm, FileItem, MessageForm, PageBase, PageData, Upload, Who, WorkFacts } from '#templates/pages/data.ts';

/** The standing cast of public pages: the painter's order, as `mail-data.ts` mails it. */
export const basePath = '/a/u7Qm2Zt9Wc4Xr1Lp8Vn5Ks3Hd6Fy0Gb-JeAoTiRqMwE';

export const page: PageBase = {
  clientName: 'Wohnpark Erlenquell',
  logoUrl: null,
  clientPhone: '069 90009-120',
  orderNumber: 'M-2026-00042',
  basePath,
  path: basePath,
  askedLanguage: null,
  legalLink: 'https://erlenquell.example/impressum',
  privacyLink: 'https://erlenquell.example/datenschutz',
  timeZone: 'Europe/Berlin',
};

const invitationPath = '/i/u7Qm2Zt9Wc4Xr1Lp8Vn5Ks3Hd6Fy0Gb-JeAoTiRqMwE';
const invited: PageBase = { ...page, orderNumber: null, basePath: invitationPath, path: invitationPath };

const photo = (id: string, caption: string | null): FileItem => ({
  id, caption, name: `${id}.jpg`, isPhoto: true, typeName: 'JPG', sizeBytes: 800_000,
});

export const work: WorkFacts = {
  title: 'Decke nach Wasserschaden streichen',
  siteShort: 'Ahornhof 7',
  description:
    'Im Treppenhaus hat ein Rohrbruch einen Fleck von etwa 2 m² hinterlassen. Die Decke ist trocken (gemessen am 19.11.). Bitte lose Farbe entfernen, sperren und die Decke im 3. OG ganz streichen.',
  message: null,
  siteAddress: 'Ahornhof 7, 99990 Neuquell',
  locationText: 'Treppenhaus 3. OG',
  mapLink: 'https://karte.example/?q=Ahornhof+7',
  onSiteContact: 'Ivo Bronn',
  onSitePhone: '0171 39200 12',
  onSiteNote: 'Hausmeister, Mo.–Fr. 7–15 Uhr',
  accessNote: 'Schlüssel beim Hausmeister, Leiter bis 4 m im Keller',
  dueDate: '2026-12-11',
  costLimit: { cents: 90_000, currency: 'EUR' },
  files: [
    photo('decke', 'Fleck an der Decke'), photo('fleck', null), photo('tuer', null),
    { id: 'messung', name: 'Feuchtemessung.pdf', isPhoto: false, typeName: 'PDF', sizeBytes: 245_760, caption: null },
  ],
};

export const who: Who = {
  contacts: [
    { id: 'c1', name: 'Mira Sonnleit', role: 'Disposition' },
    { id: 'c2', name: 'Jost Sonnleit', role: 'Inhaber' },
  ],
  known: null,
  contactId: null,
  otherName: '',
};
export const knownWho: Who = { ...who, known: { contactId: 'c1', name: 'Mira Sonnleit' } };

export const dateForm: DateForm = {
  faults: [],
  days: ['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01'],
  day: null,
  otherDay: '',
  from: '',
  to: '',
  earliest: '2026-11-25',
};

export const upload: Upload = { limitBytes: 262_144_000, piecesPath: `${basePath}/dateien/teile`, results: [] };
export const form: MessageForm = { faults: [], who: knownWho, text: '', idempotencyKey: 'k1', upload };
const promised = { promisedFrom: new Date('2026-11-30T07:00:00Z'), promisedTo: new Date('2026-11-30T09:00:00Z') };
const step = { ...page, work, who, faults: [], idempotencyKey: 'k1' };

const messages = [
  { id: 'm1', author: 'Mira Sonnleit', organisation: null, isOwn: true, at: new Date('2026-11-25T09:51:00Z'), text: 'Reicht einmal Weiß matt, oder gibt es einen Farbton von früher?', files: [] },
  { id: 'm2', author: 'Nora Feldhus', organisation: 'Wohnpark Erlenquell', isOwn: false, at: new Date('2026-11-25T10:20:00Z'), text: 'Weiß matt ist richtig. Der Sockel bleibt, wie er ist.', files: [] },
  { id: 'm3', author: 'Jost Sonnleit', organisation: null, isOwn: true, at: new Date('2026-11-30T13:06:00Z'), text: 'Grundiert, morgen folgt der zweite Anstrich.', files: [photo('grund', null)] },
];

export const pages: PageData = {
  order: {
    ...page, work,
    phase: 'offered',
    wants: 'answer',
    answerBy: new Date('2026-11-26T11:00:00Z'),
    isAnswerLate: false,
    isEmergency: false,
    onCallPhone: null,
    acceptedBy: null,
    acceptedAt: null,
    confirmationTo: null,
    waitingReason: null,
    waitingUntil: null,
    promisedFrom: null,
    promisedTo: null,
    notice: null,
    asksWhetherDone: false,
    dateForm,
    who,
    messageCount: 0,
    coordinatorPhone: '069 90009-123',
    can: { start: false, hold: false, resume: false, complete: false },
  },
  accept: { ...step, path: `${basePath}/annehmen` },
  decline: { ...step, path: `${basePath}/ablehnen`, reason: null, otherReason: '' },
  date: { ...page, work, path: `${basePath}/termin`, dateForm, who: knownWho },
  start: { ...step, who: knownWho, path: `${basePath}/beginn`, isResuming: false },
  hold: { ...step, who: knownWho, path: `${basePath}/pause`, reason: null, otherReason: '', until: '', earliest: '2026-11-25' },
  done: { ...step, who: knownWho, path: `${basePath}/erledigt`, text: '', upload },
  conversation: {
    ...page, work, ...promised, path: `${basePath}/nachrichten`,
    status: 'in_progress',
    waitingReason: null,
    messages, older: null, newer: null,
    form: {
      ...form,
      text: 'Zweiter Anstrich ist drauf, Bilder folgen.',
      upload: { ...upload, results: [{ name: 'IMG_2040.jpg', outcome: 'saved' }, { name: 'Rundgang.mov', outcome: 'too_large' }] },
    },
    isSent: false,
  },
  upload: { ...page, work, path: `${basePath}/dateien`, form: { ...form, who }, isSent: false },
  observer: {
    ...page, ...promised, basePath: '/o/abc', path: '/o/abc',
    title: work.title,
    place: 'Ahornhof 7, Treppenhaus 3. OG',
    status: 'accepted',
    waitingReason: null,
    statusLines: [
      { status: 'assigned', at: new Date('2026-11-24T08:15:00Z'), state: 'past' },
      { status: 'accepted', at: new Date('2026-11-25T09:42:00Z'), state: 'now' },
      { status: 'in_progress', at: null, state: 'next' },
      { status: 'done', at: null, state: 'next' },
      { status: 'closed', at: null, state: 'next' },
    ],
    messages: [messages[1]!], older: null, newer: null,
    mayComment: true,
    form: { ...form, upload: null },
    notify: 'at_once',
    notice: null,
  },
  'file-request': {
    ...page, basePath: '/f/abc', path: '/f/abc',
    missing: [{ name: 'Rundgang.mov', sizeBytes: 31_457_280 }],
    uploaded: ['Plan.tif'],
    validUntil: new Date('2026-12-09T11:00:00Z'),
    isComplete: false,
    form: { ...form, upload: { ...upload, piecesPath: '/f/abc/teile' } },
  },
  notice: {
    ...page,
    kind: 'given_elsewhere',
    title: work.title,
    siteShort: work.siteShort,
    answeredBy: null,
    answeredAt: null,
    hasOrder: false,
    accountLink: null,
  },
  why: {
    ...page, path: `${basePath}/warum`,
    cause: 'reminder',
    number: 1,
    isObserver: false,
    at: new Date('2026-11-26T06:00:00Z'),
    sentAt: new Date('2026-11-26T06:00:12Z'),
    to: 'm•••@farbwerk-sonnleit.example',
    after: { amount: 1, unit: 'working_days' },
    isAgain: false,
    ends: 'answer',
    validUntil: null,
    hasPage: true,
  },
  invitation: {
    ...invited,
    inviterName: 'Nora Feldhus',
    message: 'Guten Tag Frau Sonnleit, Sie arbeiten seit Jahren gut mit uns. Mit einem eigenen Zugang sehen Sie alle Aufträge auf einen Blick und können sie an Ihre Leute weitergeben.',
    validUntil: new Date('2026-12-23T22:59:00Z'),
    email: 'm•••@farbwerk-sonnleit.example',
    sites: [{ name: 'Ahornhof', assetCount: null }, { name: 'Quellgasse', assetCount: 12 }],
    addedSites: ['Werkstatt Nord'],
    isKnownContractor: true,
    signedInEmail: null,
  },
  'invitation-decline': { ...invited, reason: '', faults: [], path: `${invited.basePath}/ablehnen` },
  'invitation-other': { ...invited, path: `${invited.basePath}/andere-person`, email: '', faults: [] },
  'invitation-join': {
    ...invited, path: `${invited.basePath}/annehmen`,
    mode: 'sign_up',
    email: 'm•••@farbwerk-sonnleit.example',
    signedInEmail: null,
    name: 'Mira Sonnleit',
    company: 'Farbwerk Sonnleit',
    organisation: null,
    organisations: [],
    administeredByOthers: null,
    minPasswordLength: 12,
    faults: [],
  },
  'invitation-notice': { ...invited, kind: 'accepted', name: 'Mira Sonnleit', at: new Date('2026-11-25T09:42:00Z'), email: null, userEmail: null, accountLink: '/go/1/work-orders', isOpen: false, isMailPaused: false },
  'invitation-password': { ...invited, path: `${invited.basePath}/passwort`, email: 'm•••@farbwerk-sonnleit.example' },
};

const accepted = {
  ...pages.order,
  phase: 'accepted' as const,
  acceptedBy: 'Mira Sonnleit',
  acceptedAt: new Date('2026-11-25T09:42:00Z'),
  can: { start: true, hold: true, resume: false, complete: true },
  who: knownWho,
};

/** Other states of the same pages, by a name for tests and screenshots. */
export const states: Record<string, { [N in keyof PageData]: { name: N; data: PageData[N] } }[keyof PageData]> = {
  accepted: { name: 'order', data: { ...accepted, notice: 'accepted', confirmationTo: 'm•••@farbwerk-sonnleit.example' } },
  'date-saved': { name: 'order', data: { ...accepted, ...promised, notice: 'date_saved', messageCount: 3 } },
  working: { name: 'order', data: { ...accepted, ...promised, phase: 'in_progress', notice: 'started', asksWhetherDone: true, can: { start: false, hold: true, resume: false, complete: true } } },
  waiting: { name: 'order', data: { ...accepted, phase: 'waiting', waitingReason: 'Material fehlt', waitingUntil: '2026-12-03', can: { start: false, hold: false, resume: true, complete: true } } },
  reported: { name: 'order', data: { ...accepted, phase: 'done', notice: 'done', can: { start: false, hold: false, resume: false, complete: false } } },
  emergency: { name: 'order', data: { ...pages.order, isEmergency: true, onCallPhone: '069 90009-999', isAnswerLate: true, messageCount: 2, notice: 'message_sent' } },
  contract: { name: 'order', data: { ...accepted, wants: 'date', acceptedBy: null, acceptedAt: null } },
  'accept-fault': { name: 'accept', data: { ...pages.accept, faults: [{ field: 'who', word: 'chooseWho' }] } },
  'accept-name-fault': { name: 'accept', data: { ...pages.accept, who: { ...who, contactId: 'other' }, faults: [{ field: 'otherName', word: 'nameMissing' }] } },
  'date-fault': { name: 'date', data: { ...pages.date, dateForm: { ...dateForm, day: 'other', otherDay: '2026-11-01', faults: [{ field: 'otherDay', word: 'dayInPast' }] } } },
  'hold-fault': { name: 'hold', data: { ...pages.hold, faults: [{ field: 'reason', word: 'chooseReason' }] } },
  'message-fault': { name: 'conversation', data: { ...pages.conversation, messages: [], form: { ...form, who, faults: [{ field: 'text', word: 'messageEmpty' }] } } },
  'message-sent': { name: 'conversation', data: { ...pages.conversation, isSent: true } },
  'link-expired': { name: 'notice', data: { ...pages.notice, kind: 'link_expired', title: null, siteShort: null, orderNumber: null } },
  'link-requested': { name: 'notice', data: { ...pages.notice, kind: 'link_requested', title: null, orderNumber: null } },
  'link-unknown': { name: 'notice', data: { ...pages.notice, kind: 'link_unknown', clientName: null, clientPhone: null, orderNumber: null, title: null, legalLink: null, privacyLink: null } },
  withdrawn: { name: 'notice', data: { ...pages.notice, kind: 'withdrawn', title: null } },
  closed: { name: 'notice', data: { ...pages.notice, kind: 'closed' } },
  declined: { name: 'notice', data: { ...pages.notice, kind: 'declined' } },
  late: { name: 'notice', data: { ...pages.notice, kind: 'late_answer' } },
  already: { name: 'notice', data: { ...pages.notice, kind: 'already_answered', answeredBy: 'Jost Sonnleit', answeredAt: new Date('2026-11-25T09:42:00Z'), hasOrder: true } },
  'in-account': { name: 'notice', data: { ...pages.notice, kind: 'in_account', accountLink: '/go/1/work-orders/2' } },
  error: { name: 'notice', data: { ...pages.notice, kind: 'error' } },
  'sign-in-fault': { name: 'invitation-join', data: { ...pages['invitation-join'], mode: 'sign_in', faults: [{ field: 'password', word: 'signInFailed' }] } },
  'sign-up-fault': { name: 'invitation-join', data: { ...pages['invitation-join'], company: '', faults: [{ field: 'company', word: 'companyMissing' }, { field: 'password', word: 'passwordShort' }] } },
  'choose-company': { name: 'invitation-join', data: { ...pages['invitation-join'], mode: 'choose', signedInEmail: 'mira@farbwerk-sonnleit.example', organisations: [{ id: 'o1', name: 'Farbwerk Sonnleit' }, { id: 'o2', name: 'Sonnleit Gerüste' }] } },
  'administered-by-others': { name: 'invitation-join', data: { ...pages['invitation-join'], mode: 'choose', signedInEmail: 'mira@farbwerk-sonnleit.example', administeredByOthers: 'Farbwerk Sonnleit, Sonnleit Gerüste' } },
  'other-fault': { name: 'invitation-other', data: { ...pages['invitation-other'], email: 'jost', faults: [{ field: 'email', word: 'emailWrong' }] } },
  'invitation-bare': { name: 'invitation', data: { ...pages.invitation, message: null, sites: [], addedSites: [], isKnownContractor: false, signedInEmail: 'mira@farbwerk-sonnleit.example' } },
  'invitation-expired': { name: 'invitation-notice', data: { ...pages['invitation-notice'], kind: 'expired', accountLink: null } },
  'invitation-old': { name: 'invitation-notice', data: { ...pages['invitation-notice'], kind: 'old', accountLink: null } },
  'invitation-old-paused': { name: 'invitation-notice', data: { ...pages['invitation-notice'], kind: 'old', accountLink: null, isMailPaused: true } },
  'password-sent': { name: 'invitation-notice', data: { ...pages['invitation-notice'], kind: 'password_sent', email: 'm•••@farbwerk-sonnleit.example', accountLink: null, isOpen: true } },
  'other-user': { name: 'invitation-notice', data: { ...pages['invitation-notice'], kind: 'other_user', email: 'm•••@farbwerk-sonnleit.example', userEmail: 'jost@farbwerk-sonnleit.example', accountLink: null } },
  'invitation-why': { name: 'invitation-notice', data: { ...pages['invitation-notice'], kind: 'why', name: 'Nora Feldhus', email: 'm•••@farbwerk-sonnleit.example', accountLink: null, isOpen: true } },
  'request-complete': { name: 'file-request', data: { ...pages['file-request'], isComplete: true, missing: [] } },
};
