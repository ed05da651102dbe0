import type { Priority } from '#domain/statuses.ts';

/**
 * What happened to each demo ticket, in order; `at` counts hours back from the start of the demo.
 * By: a user's key, `firm` for the contractor who was asked, or a key of one of the partner's people.
 */
export type StoryStep =
  | { at: number; do: 'assign'; by: string; firm: string; next?: string[]; message?: string }
  | { at: number; do: 'assign_member'; by: string; member: string }
  | { at: number; do: 'accept' | 'decline' | 'start' | 'complete'; by: string; door?: 'link' | 'mail' | 'phone'; promisedInHours?: number; reason?: 'no_capacity' | 'not_our_trade' | 'too_far' | 'date_not_possible' }
  | { at: number; do: 'hold'; by: string; reason: 'material' | 'nobody_there' | 'approval' }
  | { at: number; do: 'close' | 'withdraw' | 'hand_on'; by: string }
  | { at: number; do: 'cancel' | 'send_back'; by: string; words: string }
  | { at: number; do: 'say'; by: string; words: string; internal?: true; phone?: true; door?: 'link' | 'mail' }
  | { at: number; do: 'pass_on'; by: string; person: string; ownReference: string }
  | { at: number; do: 'soft_yes'; words: string };

export type Story = {
  at: number;
  by: string;
  workspace: string;
  asset?: string;
  title: string;
  description: string;
  priority?: Priority;
  location?: string;
  dueInDays?: number;
  costLimitCents?: number;
  isSafetyRelevant?: true;
  isWarranty?: true;
  onSite?: true;
  steps: StoryStep[];
};

const DAY = 24;

export const STORIES: readonly Story[] = [
  { at: 2 * DAY, by: 'uwe', workspace: 'ahorn', asset: 'uv5', title: 'Steckdosen im Treppenhaus ohne Strom', description: 'Im Treppenhaus Haus 5 sind vom 1. bis 3. OG alle Steckdosen ohne Strom. Der FI im Verteiler UV-5 löst sofort wieder aus.', location: 'Haus 5, Treppenhaus, 1.–3. OG', dueInDays: 5, costLimitCents: 50_000, onSite: true, steps: [
    { at: 46, do: 'assign', by: 'jana', firm: 'blitzner', next: ['drahtmueller', 'funkner'], message: 'Bitte den FI mitprüfen.' },
    { at: 45.5, do: 'say', by: 'jana', words: 'Am selben Verteiler war Blitzner im Mai. Falls es die gleiche Klemme ist: Gewährleistung prüfen.', internal: true },
    { at: 26, do: 'say', by: 'firm', words: 'Kommen wir ohne Anmeldung an den Verteiler? Und ist das Licht auch betroffen?', door: 'mail' },
    { at: 25.5, do: 'say', by: 'jana', words: 'Mit Frau Lohbach gesprochen: Schlüssel hat Herr Brettnach, Anruf genügt. Das Licht im Treppenhaus geht.', phone: true },
    { at: 2, do: 'soft_yes', words: 'passt, schauen wir uns an' } ] },
  { at: 6 * DAY, by: 'timo', workspace: 'gewerbe', asset: 'rwa2', title: 'Rauchabzug Halle 2 öffnet nicht', description: 'Bei der Begehung ließ sich der Rauchabzug über den Taster am Eingang nicht öffnen.', priority: 'high', isSafetyRelevant: true, dueInDays: -1, steps: [
    { at: 120, do: 'assign', by: 'timo', firm: 'loeschner' } ] },
  { at: 5 * DAY, by: 'selma', workspace: 'ahorn', title: 'Kellertür schließt nicht', description: 'Die Kellertür Haus 7 fällt nicht ins Schloss, der Schließer drückt zu schwach.', location: 'Haus 7, Keller', steps: [
    { at: 117, do: 'assign', by: 'jana', firm: 'riegelbach' } ] },
  { at: 2 * DAY, by: 'jana', workspace: 'ahorn', title: 'Decke nach Wasserschaden streichen', description: 'Im Treppenhaus hat ein Rohrbruch einen Fleck von etwa 2 m² hinterlassen. Die Decke ist trocken (gemessen am 19.11.). Bitte lose Farbe entfernen, sperren und die Decke im 3. OG ganz streichen.', location: 'Haus 7, Treppenhaus 3. OG', dueInDays: 16, costLimitCents: 90_000, onSite: true, steps: [
    { at: 20, do: 'assign', by: 'jana', firm: 'farbwinkel', next: ['ulmer'] } ] },
  { at: 30, by: 'selma', workspace: 'kita', title: 'Dachrinne Nordseite verstopft', description: 'Bei Regen läuft das Wasser über die Rinne an der Fassade herunter. Vermutlich Laub.', dueInDays: 10, steps: [
    { at: 25, do: 'assign', by: 'timo', firm: 'firstmann' } ] },
  { at: 12, by: 'timo', workspace: 'gewerbe', title: 'Heizkörper Büro 2.14 kalt', description: 'Heizkörper bleibt trotz offenem Ventil kalt, die anderen im Stockwerk sind warm.', location: 'Büro 2.14', dueInDays: 6, steps: [
    { at: 3, do: 'assign', by: 'timo', firm: 'rohrwerk' } ] },
  { at: 1.5, by: 'uwe', workspace: 'ahorn', asset: 'kessel', title: 'Heizung ausgefallen, Haus 3', description: 'Kessel auf Störung F28, alle Wohnungen kalt. Entstören hat nicht geholfen.', priority: 'urgent', onSite: true, steps: [
    { at: 1.2, do: 'assign', by: 'jana', firm: 'rohrwerk', message: 'Bitte vorher anrufen.' },
    { at: 0.8, do: 'accept', by: 'firm', door: 'phone', promisedInHours: 1 },
    { at: 0.3, do: 'start', by: 'firm', door: 'link' } ] },
  { at: 4 * DAY, by: 'jana', workspace: 'rathaus', asset: 'rlt3', title: 'Lüftung pfeift im Sitzungssaal', description: 'Seit dem Filterwechsel pfeift die Anlage ab Stufe 2.', steps: [
    { at: 90, do: 'assign', by: 'jana', firm: 'frostheim' },
    { at: 70, do: 'accept', by: 'firm', door: 'mail', promisedInHours: 30 },
    { at: 69, do: 'say', by: 'firm', words: 'Wir kommen am Donnerstag mit zwei Mann, bitte den Saal freihalten.', door: 'mail' } ] },
  { at: 9 * DAY, by: 'uwe', workspace: 'ahorn', title: 'Fenster 1. OG klemmt', description: 'Treppenhausfenster lässt sich nicht mehr kippen.', location: 'Haus 3, 1. OG', dueInDays: -3, steps: [
    { at: 200, do: 'assign', by: 'jana', firm: 'riegelbach' },
    { at: 180, do: 'accept', by: 'firm', door: 'link' },
    { at: 120, do: 'start', by: 'firm', door: 'link' },
    { at: 100, do: 'hold', by: 'firm', reason: 'material' },
    { at: 99, do: 'say', by: 'firm', words: 'Beschlag ist bestellt, kommt Anfang nächster Woche.', door: 'link' } ] },
  { at: 8 * DAY, by: 'jana', workspace: 'ahorn', asset: 'klingel9', title: 'Klingelanlage Haus 9 ohne Ton', description: 'Gegensprechen geht, aber kein Klingelton in den Wohnungen 9.1 bis 9.4.', steps: [
    { at: 180, do: 'assign', by: 'jana', firm: 'blitzner' },
    { at: 170, do: 'accept', by: 'firm', door: 'mail' },
    { at: 60, do: 'start', by: 'firm', door: 'link' },
    { at: 8, do: 'complete', by: 'firm', door: 'mail' } ] },
  { at: 12 * DAY, by: 'timo', workspace: 'gewerbe', asset: 'tor1', title: 'Rolltor Halle 1 hängt schief', description: 'Tor läuft links höher als rechts und bleibt auf halber Höhe stehen.', priority: 'high', steps: [
    { at: 280, do: 'assign', by: 'timo', firm: 'riegelbach' },
    { at: 276, do: 'decline', by: 'firm', door: 'link', reason: 'no_capacity' },
    { at: 270, do: 'assign', by: 'timo', firm: 'loeschner' },
    { at: 262, do: 'accept', by: 'firm', door: 'link', promisedInHours: 20 },
    { at: 240, do: 'complete', by: 'firm', door: 'link' },
    { at: 230, do: 'close', by: 'timo' } ] },
  { at: 20 * DAY, by: 'selma', workspace: 'kita', asset: 'rutsche', title: 'Rutsche wackelt', description: 'Die Verschraubung am Podest ist locker. Gerät ist gesperrt.', priority: 'high', steps: [
    { at: 470, do: 'assign_member', by: 'timo', member: 'uwe' },
    { at: 440, do: 'complete', by: 'uwe' },
    { at: 430, do: 'close', by: 'timo' } ] },
  { at: 3 * DAY, by: 'selma', workspace: 'kita', title: 'Wasserhahn Gruppenraum 2 tropft', description: 'Tropft auch bei fest zugedrehtem Hahn.', steps: [
    { at: 60, do: 'assign_member', by: 'timo', member: 'selma' } ] },
  { at: 5, by: 'uwe', workspace: 'ahorn', title: 'Bewegungsmelder Tiefgarage reagiert nicht', description: 'Licht im Bereich Stellplatz 14 bis 22 bleibt aus.', location: 'Tiefgarage', steps: [] },
  { at: 28, by: 'selma', workspace: 'kita', title: 'Zaun am Bolzplatz beschädigt', description: 'Zwei Felder sind eingedrückt, scharfe Kanten.', priority: 'high', isSafetyRelevant: true, steps: [] },
  { at: 70, by: 'jana', workspace: 'rathaus', title: 'Türschließer Bürgerbüro quietscht', description: 'Mehrere Beschwerden von Besuchern.', priority: 'low', steps: [] },
  { at: 3, by: 'timo', workspace: 'gewerbe', title: 'Fassadenlampe Nordseite defekt', description: 'Lampe 3 von links leuchtet nicht.', priority: 'low', steps: [] },
  { at: 15 * DAY, by: 'jana', workspace: 'rathaus', asset: 'aufzuga2', title: 'Aufzug A2 ruckelt beim Anfahren', description: 'Ruckelt im 2. OG, Fahrgäste beschweren sich.', steps: [
    { at: 350, do: 'assign', by: 'jana', firm: 'steigmann' },
    { at: 348, do: 'accept', by: 'firm' },
    { at: 347, do: 'pass_on', by: 'firm', person: 'ines', ownReference: 'ST-8702' },
    { at: 300, do: 'complete', by: 'ines' },
    { at: 290, do: 'send_back', by: 'jana', words: 'Ruckelt weiterhin, bitte noch einmal ansehen.' },
    { at: 200, do: 'complete', by: 'ines' },
    { at: 190, do: 'close', by: 'jana' } ] },
  { at: 7 * DAY, by: 'timo', workspace: 'gewerbe', title: 'Hecke an der Einfahrt zurückschneiden', description: 'Sicht auf die Straße ist verdeckt.', dueInDays: 4, steps: [
    { at: 160, do: 'assign', by: 'timo', firm: 'ulmer' },
    { at: 150, do: 'accept', by: 'firm', door: 'link', promisedInHours: 100 } ] },
  { at: 11 * DAY, by: 'jana', workspace: 'ahorn', title: 'Briefkasten 5.3 aufgebrochen', description: 'Schloss fehlt, Klappe verbogen.', steps: [
    { at: 250, do: 'assign', by: 'jana', firm: 'riegelbach' },
    { at: 245, do: 'accept', by: 'firm', door: 'link' },
    { at: 200, do: 'complete', by: 'firm', door: 'link' },
    { at: 190, do: 'close', by: 'jana' } ] },
  { at: 18 * DAY, by: 'uwe', workspace: 'ahorn', title: 'Feuchter Fleck im Keller Haus 9', description: 'An der Außenwand, etwa 40 cm hoch.', steps: [
    { at: 430, do: 'assign', by: 'jana', firm: 'rohrwerk' },
    { at: 425, do: 'decline', by: 'firm', door: 'mail', reason: 'not_our_trade' },
    { at: 420, do: 'assign', by: 'jana', firm: 'firstmann' },
    { at: 400, do: 'accept', by: 'firm', door: 'link' },
    { at: 300, do: 'complete', by: 'firm', door: 'link' },
    { at: 290, do: 'close', by: 'jana' } ] },
  { at: 6 * DAY, by: 'jana', workspace: 'rathaus', title: 'Graffiti an der Ostfassade', description: 'Etwa 3 m², Sockelbereich.', steps: [
    { at: 140, do: 'assign', by: 'jana', firm: 'farbwinkel' },
    { at: 130, do: 'accept', by: 'firm', door: 'link' },
    { at: 20, do: 'complete', by: 'firm', door: 'link' } ] },
  { at: 10 * DAY, by: 'timo', workspace: 'gewerbe', title: 'Wespennest am Müllplatz', description: 'Nest unter dem Vordach.', steps: [
    { at: 235, do: 'cancel', by: 'timo', words: 'Nest ist verlassen, hat sich erledigt.' } ] },
  { at: 13 * DAY, by: 'selma', workspace: 'kita', title: 'Jalousie Gruppenraum 1 hängt', description: 'Linke Jalousie fährt nicht mehr hoch.', steps: [
    { at: 300, do: 'assign', by: 'timo', firm: 'drahtmueller' },
    { at: 250, do: 'withdraw', by: 'timo' } ] },
  { at: 25 * DAY, by: 'jana', workspace: 'ahorn', title: 'Treppenhauslicht Haus 5 flackert', description: 'Vor allem im 2. OG.', steps: [
    { at: 590, do: 'assign', by: 'jana', firm: 'blitzner' },
    { at: 580, do: 'accept', by: 'firm', door: 'link' },
    { at: 540, do: 'complete', by: 'firm', door: 'mail' },
    { at: 530, do: 'close', by: 'jana' } ] },
  { at: 16 * DAY, by: 'timo', workspace: 'gewerbe', title: 'Sektionaltor Halle 3: Lichtschranke verstellt', description: 'Tor fährt immer wieder auf.', steps: [
    { at: 380, do: 'assign', by: 'timo', firm: 'riegelbach' },
    { at: 372, do: 'accept', by: 'firm', door: 'mail' },
    { at: 350, do: 'complete', by: 'firm', door: 'link' },
    { at: 340, do: 'close', by: 'timo' } ] },
  { at: 22 * DAY, by: 'jana', workspace: 'rathaus', title: 'Spülkasten WC 1. OG läuft nach', description: 'Herren-WC, zweite Kabine.', steps: [
    { at: 520, do: 'assign', by: 'jana', firm: 'rohrwerk' },
    { at: 510, do: 'accept', by: 'firm', door: 'link' },
    { at: 470, do: 'complete', by: 'firm', door: 'link' },
    { at: 460, do: 'close', by: 'jana' } ] },
  { at: 40, by: 'jana', workspace: 'rathaus', title: 'Fliese im Foyer gebrochen', description: 'Stolpergefahr, ist mit einer Matte abgedeckt.', dueInDays: 7, steps: [
    { at: 30, do: 'assign', by: 'jana', firm: 'farbwinkel' },
    { at: 26, do: 'decline', by: 'firm', door: 'mail', reason: 'not_our_trade' } ] },
  { at: 50, by: 'timo', workspace: 'gewerbe', title: 'Kühlraum 2 erreicht Temperatur nicht', description: 'Steht bei 9 °C statt 4 °C.', priority: 'high', steps: [
    { at: 48, do: 'assign', by: 'timo', firm: 'frostheim' },
    { at: 47, do: 'accept', by: 'firm', door: 'mail' },
    { at: 44, do: 'start', by: 'firm', door: 'link' },
    { at: 43, do: 'hold', by: 'firm', reason: 'approval' },
    { at: 42.5, do: 'say', by: 'firm', words: 'Verdichter defekt, Kosten etwa 1.900 €. Bitte um Freigabe.', door: 'link' } ] },
  { at: 2, by: 'uwe', workspace: 'ahorn', title: 'Mülltonne Haus 7 ohne Deckel', description: 'Restmüll, zweite von links.', priority: 'low', steps: [] },
];
