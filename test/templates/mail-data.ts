import type { MailBase, MailData, OrderWords } from '#templates/mails/data.ts';

/** The standing cast of mails: a painter, asked by a property manager. Every field is filled in; tests take away. */
export const base: MailBase = {
  contactName: 'Mira Sonnleit',
  clientName: 'Wohnpark Erlenquell',
  coordinatorName: 'Nora Feldhus',
  coordinatorPhone: '069 90009-123',
  legalFooter: 'Wohnpark Erlenquell GmbH, Quellgasse 1, 99990 Neuquell, HRB 00000',
  hasAccount: false,
  whyLink: 'https://gewerk.example/w/3kP9',
  privacyLink: 'https://gewerk.example/d/erlenquell',
  logo: null,
  threadSubject: null,
  timeZone: 'Europe/Berlin',
};

const order: OrderWords = {
  orderNumber: 'M-2026-00042',
  title: 'Decke nach Wasserschaden streichen',
  siteShort: 'Ahornhof 7',
};

export const token = 'u7Qm2Zt9Wc4Xr1Lp8Vn5Ks3Hd6Fy0Gb-JeAoTiRqMwE';
const orderLink = `https://gewerk.example/a/${token}`;
const siteAddress = 'Ahornhof 7, 99990 Neuquell';
const answerBy = new Date('2026-11-26T11:00:00Z');
const thread = { ...base, threadSubject: 'Auftrag M-2026-00042: Decke nach Wasserschaden streichen, Ahornhof 7' };
const portal = 'https://gewerk.example/work-orders/42';
const promised = { promisedFrom: new Date('2026-11-30T07:00:00Z'), promisedTo: new Date('2026-11-30T09:00:00Z') };
const invoice = { billingRecipient: 'Wohnpark Erlenquell GmbH', invoiceEmail: 'rechnung@erlenquell.example' };
const inside = { ...base, contactName: 'Nora Feldhus', coordinatorName: null, coordinatorPhone: null };

export const mails: MailData = {
  assignment: {
    ...base, ...order, ...invoice, siteAddress, answerBy, orderLink,
    kind: 'ticket',
    wants: 'answer',
    isEmergency: false,
    onCallPhone: '069 90009-999',
    earlierOrderNumber: null,
    areSeveralAsked: false,
    description:
      'Im Treppenhaus hat ein Rohrbruch einen Fleck von etwa 2 m² hinterlassen. Die Decke ist trocken (gemessen am 19.11.). Bitte lose Farbe entfernen, sperren und die Decke im 3. OG ganz streichen.',
    message: null,
    locationText: 'Treppenhaus 3. OG',
    onSiteContact: 'Ivo Bronn',
    onSitePhone: '0171 39200 12',
    accessNote: 'Schlüssel beim Hausmeister, Leiter bis 4 m im Keller',
    dueDate: '2026-12-11',
    costLimit: { cents: 90_000, currency: 'EUR' },
    fileCount: 4,
    uploadLink: `${orderLink}/dateien`,
  },
  reminder: { ...thread, ...order, siteAddress, answerBy, orderLink },
  'last-reminder': { ...thread, ...order, siteAddress, answerBy, orderLink, handsOn: true },
  withdrawal: { ...thread, ...order, reason: 'given_to_other', answerBy },
  cancellation: { ...thread, ...order, siteAddress, promisedFrom: null, promisedTo: null, acceptedAt: null, acceptedBy: null, reason: 'Der Mieter zieht aus, wir sanieren ganz.' },
  'acceptance-undone': { ...thread, ...order, answerBy, orderLink, mayAnswer: true, reason: 'Falsch eingetragen' },
  'observer-added': {
    ...thread, ...order, siteAddress, threadSubject: null, byName: 'Nora Feldhus', choice: 'at_once', mayComment: true, status: 'in_progress', waitingReason: null,
    orderLink: 'https://gewerk.example/o/x', observerLink: 'https://gewerk.example/o/x#notify',
  },
  'comment-digest': {
    ...thread, ...order, ...promised,
    audience: 'contractor',
    changes: [
      { at: new Date('2026-11-25T09:51:00Z'), who: 'Nora Feldhus', what: null, text: 'Weiß matt ist richtig.\nDer Sockel bleibt, wie er ist.' },
      { at: new Date('2026-11-25T10:20:00Z'), who: 'Nora Feldhus', what: 'Arbeit begonnen', text: null },
    ],
    newFileCount: 2,
    status: 'in_progress',
    waitingReason: null,
    orderLink,
    observerLink: null,
  },
  'daily-digest': {
    ...thread, threadSubject: null,
    day: new Date('2026-11-26T06:00:00Z'),
    orders: [
      {
        ...order, ...promised,
        changes: [
          { at: new Date('2026-11-25T09:51:00Z'), who: 'Mira Sonnleit (Sonnleit Malerei)', what: null, text: 'Wir kommen zu zweit.' },
          { at: new Date('2026-11-25T10:20:00Z'), who: 'Mira Sonnleit (Sonnleit Malerei)', what: 'Arbeit begonnen', text: null },
        ],
        newFileCount: 1, status: 'in_progress', waitingReason: null, orderLink: 'https://gewerk.example/go/o/work-orders/1',
      },
      {
        orderNumber: 'M-2026-00043', title: 'Tür klemmt', siteShort: null, promisedFrom: null, promisedTo: null,
        changes: [{ at: new Date('2026-11-25T11:00:00Z'), who: 'Ivo Bronn', what: null, text: 'Sie klemmt <wieder>.' }],
        newFileCount: 0, status: null, waitingReason: null, orderLink: 'https://gewerk.example/go/o/work-orders/2',
      },
    ],
  },
  'file-too-large': {
    ...thread, ...order,
    isReminder: false,
    files: [{ name: 'Rundgang.mov', sizeBytes: 31_457_280 }, { name: 'Plan <A>.tif', sizeBytes: 24_117_248 }],
    uploadLimitBytes: 262_144_000,
    uploadLink: 'https://gewerk.example/f/abc',
    validUntil: new Date('2026-12-09T11:00:00Z'),
  },
  'could-not-match': {
    ...base,
    originalSubject: 'AW: Decke',
    receivedAt: new Date('2026-11-25T08:00:00Z'),
    clientPhone: '069 90009-120',
  },
  escalation: {
    ...inside, ...order, siteAddress,
    cause: 'no_answer',
    responsibleName: 'Nora Feldhus',
    toldAt: new Date('2026-11-26T11:00:00Z'),
    firmName: 'Farbwerk Sonnleit',
    firmEmail: 'mira@farbwerk-sonnleit.example',
    firmPhone: '069 90010-200',
    onCallPhone: '069 90009-999',
    deliveredAt: new Date('2026-11-24T08:15:00Z'),
    reminderCount: 2,
    bounceReason: null,
    priority: 'normal',
    dueDate: '2026-12-11',
    recordAnswerLink: `${portal}/answer`,
    nextFirmName: 'Malerei Habicht',
    handOnLink: `${portal}/hand-on`,
    extendLink: `${portal}/deadline`,
    nextStepAt: new Date('2026-11-27T06:30:00Z'),
    nextStep: 'tell_admins',
  },
  'late-acceptance': {
    ...inside, ...order, siteAddress, answerBy,
    firmName: 'Farbwerk Sonnleit',
    answeredBy: 'Mira Sonnleit',
    answeredAt: new Date('2026-11-27T08:00:00Z'),
    orderLink: portal,
  },
  'acceptance-confirmed': {
    ...thread, ...order, ...promised, orderLink,
    acceptedBy: 'Mira Sonnleit',
    acceptedAt: new Date('2026-11-25T09:42:00Z'),
  },
  'decline-confirmed': {
    ...thread, ...order,
    declinedBy: 'Mira Sonnleit',
    declinedAt: new Date('2026-11-25T09:42:00Z'),
    reason: 'Keine Kapazität',
  },
  answer: { ...base, originalSubject: 'AW: Decke im Flur', body: 'Um welches Gebäude geht es?\n\nBitte nennen Sie uns die Adresse.' },
  'answer-forwarded': { ...thread, ...order },
  'step-refused': {
    ...thread, ...order, orderLink,
    cause: 'answered_by_colleague',
    answeredBy: 'Jost Sonnleit',
    answeredAt: new Date('2026-11-25T09:42:00Z'),
  },
  'date-changed': { ...thread, ...order, ...promised, siteAddress, answerBy, dueDate: '2026-12-11', orderLink, mayAnswer: true },
  'done-question': { ...thread, ...order, orderLink },
  nudge: { ...thread, ...order, ...promised, siteAddress, dueDate: '2026-12-11', orderLink: portal, hasAccount: true },
  'internal-assignment': {
    ...thread, ...order, ...promised, siteAddress, orderLink: portal, hasAccount: true,
    contactName: 'Jost Sonnleit',
    isGiven: true, isAccepted: true, unreached: null,
    byName: 'Mira Sonnleit',
    ownReference: 'FS-881',
    description: 'Im Treppenhaus hat ein Rohrbruch einen Fleck hinterlassen.',
    locationText: 'Treppenhaus 3. OG',
    onSiteContact: 'Ivo Bronn',
    onSitePhone: '0171 39200 12',
    accessNote: 'Schlüssel beim Hausmeister',
    dueDate: '2026-12-11',
  },
  'on-site-notice': {
    ...base, ...order, siteAddress, ...promised,
    contactName: 'Ivo Bronn',
    promisedFrom: new Date('2026-11-30T07:00:00Z'),
    firmName: 'Farbwerk Sonnleit',
    firmPhone: '069 90010-200',
    locationText: 'Treppenhaus 3. OG',
    accessNote: 'Schlüssel beim Hausmeister',
  },
  closed: { ...thread, ...order, ...invoice, orderLink, validUntil: new Date('2027-01-10T11:00:00Z') },
  'new-link': { ...thread, ...order, orderLink },
  'reset-password': { ...inside, resetLink: 'https://gewerk.example/reset/xyz', validHours: 2 },
  'user-invitation': {
    ...inside,
    inviterName: 'Nora Feldhus',
    invitedEmail: 'neu@erlenquell.example',
    role: 'technician',
    invitationLink: 'https://gewerk.example/join/xyz',
    validUntil: answerBy,
  },
  'partner-invitation': {
    ...base,
    kind: 'first',
    inviterName: 'Nora Feldhus',
    message: 'Sie arbeiten seit Jahren gut mit uns. Mit einem eigenen Zugang sehen Sie alle Aufträge auf einen Blick.',
    workspaceNames: 'Ahornhof, Quellgasse, Werkstatt Nord',
    invitationLink: `https://gewerk.example/i/${token}`,
    validUntil: new Date('2026-12-23T22:59:00Z'),
    invitedEmail: 'mira@farbwerk-sonnleit.example',
    isKnownContractor: true,
  },
  'invitation-withdrawn': { ...base, invitedAt: new Date('2026-11-23T09:00:00Z'), reason: 'Wir vergeben Malerarbeiten jetzt selbst.', isKnownContractor: true },
  'invitation-answered': {
    ...inside,
    outcome: 'accepted',
    partnerName: 'Farbwerk Sonnleit',
    invitedEmail: 'mira@farbwerk-sonnleit.example',
    invitedAt: new Date('2026-11-23T09:00:00Z'),
    answeredBy: 'Mira Sonnleit',
    answeredAt: new Date('2026-11-25T09:42:00Z'),
    reason: 'Keine Zeit für ein weiteres Portal',
    otherEmail: 'jost@farbwerk-sonnleit.example',
    workspaceNames: 'Ahornhof, Quellgasse',
    addedWorkspaceNames: 'Werkstatt Nord',
    orderCount: 3,
    partnerLink: 'https://gewerk.example/go/1/partnerships/2',
  },
  'partnership-ending': {
    ...inside, news: 'announced', isPartner: false, otherName: 'Farbwerk Sonnleit', colleagueName: null, endsOn: '2026-12-31', reason: 'Wir geben den Standort auf.',
    runningCount: 2, returnedCount: 1, partnerLink: 'https://gewerk.example/go/1/partnerships/2',
  },
};
