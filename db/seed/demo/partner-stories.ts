import type { Story } from './stories.ts';

const DAY = 24;

/** Orders that partners work on, in each of the states that their lists show. */
export const PARTNER_STORIES: readonly Story[] = [
  { at: 5, by: 'selma', workspace: 'ahorn', asset: 'aufzug7', title: 'Aufzug Haus 7: Tür schließt erst beim dritten Mal', description: 'Die Kabinentür fährt im Erdgeschoss zweimal wieder auf, bevor sie schließt.', dueInDays: 9, steps: [
    { at: 3, do: 'assign', by: 'jana', firm: 'steigmann', message: 'Bitte vor dem Wochenende ansehen.' } ] },
  { at: 3 * DAY, by: 'jana', workspace: 'rathaus', asset: 'aufzuga1', title: 'Aufzug A1: Notruf meldet Störung', description: 'Die Leitstelle hat beim Testanruf keine Sprechverbindung bekommen.', priority: 'high', isSafetyRelevant: true, dueInDays: 1, steps: [
    { at: 70, do: 'assign', by: 'jana', firm: 'steigmann' },
    { at: 68, do: 'accept', by: 'firm', promisedInHours: 72 },
    { at: 67, do: 'pass_on', by: 'firm', person: 'milan', ownReference: 'ST-8837' },
    { at: 66, do: 'say', by: 'firm', words: 'Gateway im Schaltschrank, Ersatz liegt im Bus von Milan.', internal: true },
    { at: 65, do: 'say', by: 'firm', words: 'Herr Treppner kommt mit einem Ersatzgerät, der Aufzug steht dann etwa eine Stunde.' } ] },
  { at: 2 * DAY, by: 'uwe', workspace: 'ahorn', asset: 'aufzug5', title: 'Aufzug Haus 5 steht im 3. OG', description: 'Kabine steht offen im 3. OG, niemand eingeschlossen.', priority: 'urgent', dueInDays: 0, onSite: true, steps: [
    { at: 30, do: 'assign', by: 'jana', firm: 'steigmann' },
    { at: 29.5, do: 'accept', by: 'firm', promisedInHours: 4 },
    { at: 29, do: 'pass_on', by: 'firm', person: 'ines', ownReference: 'ST-8830' },
    { at: 26, do: 'start', by: 'ines' } ] },
  { at: 6 * DAY, by: 'jana', workspace: 'rathaus', asset: 'lastenaufzug', title: 'Lastenaufzug L1 hält 2 cm zu tief', description: 'Im Untergeschoss bleibt eine Stufe, Rollwagen kommen nicht hinaus.', dueInDays: 8, steps: [
    { at: 140, do: 'assign', by: 'jana', firm: 'steigmann' },
    { at: 136, do: 'accept', by: 'firm' },
    { at: 135, do: 'pass_on', by: 'firm', person: 'milan', ownReference: 'ST-8802' },
    { at: 100, do: 'start', by: 'milan' },
    { at: 98, do: 'hold', by: 'milan', reason: 'material' } ] },
  { at: 7 * DAY, by: 'selma', workspace: 'ahorn', asset: 'aufzug7', title: 'Kabinenlicht flackert, Haus 7', description: 'Mittlere Leuchte, vor allem bei der Anfahrt.', priority: 'low', dueInDays: 5, steps: [
    { at: 160, do: 'assign', by: 'jana', firm: 'steigmann' },
    { at: 155, do: 'accept', by: 'firm' },
    { at: 150, do: 'pass_on', by: 'firm', person: 'milan', ownReference: 'ST-8771' },
    { at: 60, do: 'start', by: 'milan' },
    { at: 58, do: 'complete', by: 'milan' } ] },
  { at: 3 * DAY, by: 'jana', workspace: 'ahorn', asset: 'aufzug5', title: 'Taster 3. OG klemmt, Haus 5', description: 'Muss mehrmals gedrückt werden.', priority: 'low', dueInDays: 13, steps: [
    { at: 50, do: 'assign', by: 'jana', firm: 'steigmann' },
    { at: 48, do: 'accept', by: 'firm' } ] },
];

export const KLINIK_STORIES: readonly Story[] = [
  { at: 2 * DAY, by: 'doris', workspace: 'haupthaus', asset: 'bett1', title: 'Bettenaufzug 1 überfährt das 2. OG', description: 'Hält erst beim zweiten Ruf.', priority: 'high', dueInDays: 2, steps: [
    { at: 40, do: 'assign', by: 'doris', firm: 'steigmann' },
    { at: 38, do: 'accept', by: 'firm', promisedInHours: 60 },
    { at: 37, do: 'pass_on', by: 'firm', person: 'ines', ownReference: 'ST-8841' } ] },
  { at: 6, by: 'doris', workspace: 'haupthaus', asset: 'bett2', title: 'Bettenaufzug 2: Innentableau ohne Anzeige', description: 'Die Stockwerksanzeige bleibt dunkel.', dueInDays: 14, steps: [
    { at: 4, do: 'assign', by: 'doris', firm: 'steigmann' } ] },
];

/** What the partner whose time has ended did once. */
export const FORMER_PARTNER_STORIES: readonly Story[] = [
  { at: 40 * DAY, by: 'timo', workspace: 'gewerbe', title: 'Außensteckdose Rampe ohne Strom', description: 'Rechte Steckdose an der Laderampe.', steps: [
    { at: 39 * DAY, do: 'assign', by: 'timo', firm: 'funkner' },
    { at: 38.5 * DAY, do: 'accept', by: 'firm' },
    { at: 37 * DAY, do: 'complete', by: 'firm' },
    { at: 36 * DAY, do: 'close', by: 'timo' } ] },
];
