import type { ContactRole, Locale, Role } from '#domain/statuses.ts';

/** Signs in with each demo address; long enough for the real rule. */
export const DEMO_PASSWORD = 'ahornfeld-demo-2026';

export const DEMO_ORGANISATION = {
  name: 'Quartier Ahornfeld GmbH',
  mailName: 'ahornfeld',
  phone: '0999 5550100',
  onCallPhone: '0999 5550112',
  senderName: 'Quartier Ahornfeld',
  legalUrl: 'https://ahornfeld.example/impressum',
  privacyUrl: 'https://ahornfeld.example/datenschutz',
  legalFooter: 'Quartier Ahornfeld GmbH, Ahornfeld 3, 99990 Neuquell · Geschäftsführung: Ruth Ahlmann · HRB 99001',
  holidayRegion: 'DE-BY',
} as const;

export type DemoUser = { key: string; name: string; email: string; phone: string; role: Role; locale?: Locale };
export const DEMO_USERS: readonly DemoUser[] = [
  { key: 'ruth', name: 'Ruth Ahlmann', email: 'ruth.ahlmann@ahornfeld.example', phone: '0999 5550101', role: 'admin' },
  { key: 'jana', name: 'Jana Merkwitz', email: 'jana.merkwitz@ahornfeld.example', phone: '0999 5550102', role: 'coordinator' },
  { key: 'timo', name: 'Timo Hartwig', email: 'timo.hartwig@ahornfeld.example', phone: '0999 5550103', role: 'coordinator' },
  { key: 'emily', name: 'Emily Clarke', email: 'emily.clarke@ahornfeld.example', phone: '0999 5550104', role: 'coordinator', locale: 'en-GB' },
  { key: 'uwe', name: 'Uwe Brettnach', email: 'uwe.brettnach@ahornfeld.example', phone: '0999 5550177', role: 'technician' },
  { key: 'selma', name: 'Selma Oruç', email: 'selma.oruc@ahornfeld.example', phone: '0999 5550178', role: 'technician' },
];

export type DemoWorkspace = { key: string; name: string; shortName: string; street: string; postalCode: string; city: string; responsible: string };
export const DEMO_WORKSPACES: readonly DemoWorkspace[] = [
  { key: 'ahorn', name: 'Ahornfeld 3–9', shortName: 'Ahornfeld', street: 'Ahornfeld 3–9', postalCode: '99990', city: 'Neuquell', responsible: 'jana' },
  { key: 'rathaus', name: 'Rathausquartier', shortName: 'Rathaus', street: 'Am Markt 1', postalCode: '99990', city: 'Neuquell', responsible: 'jana' },
  { key: 'gewerbe', name: 'Gewerbehof Süd', shortName: 'Gewerbehof', street: 'Lagerstraße 22', postalCode: '99992', city: 'Neuquell-Süd', responsible: 'timo' },
  { key: 'kita', name: 'Kita Sonnenbogen', shortName: 'Kita', street: 'Bachweg 4', postalCode: '99991', city: 'Erlenquell', responsible: 'timo' },
];

export type DemoAsset = { key: string; workspace: string; number: string; name: string; category: string; locationText: string; manufacturer?: string };
export const DEMO_ASSETS: readonly DemoAsset[] = [
  { key: 'uv5', workspace: 'ahorn', number: 'E-0105', name: 'Unterverteilung UV-5', category: 'Elektro', locationText: 'Haus 5, Keller' },
  { key: 'klingel9', workspace: 'ahorn', number: 'E-0190', name: 'Klingelanlage Haus 9', category: 'Elektro', locationText: 'Haus 9, Eingang', manufacturer: 'Tonwerk' },
  { key: 'kessel', workspace: 'ahorn', number: 'H-0011', name: 'Gas-Brennwertkessel', category: 'Heizung', locationText: 'Haus 3, Heizraum', manufacturer: 'Warmbach' },
  { key: 'aufzuga1', workspace: 'rathaus', number: 'A-0001', name: 'Aufzug A1', category: 'Aufzug', locationText: 'Haupteingang', manufacturer: 'Hebner' },
  { key: 'lastenaufzug', workspace: 'rathaus', number: 'A-0010', name: 'Lastenaufzug L1', category: 'Aufzug', locationText: 'Anlieferung', manufacturer: 'Hebner' },
  { key: 'aufzug5', workspace: 'ahorn', number: 'A-0105', name: 'Aufzug Haus 5', category: 'Aufzug', locationText: 'Haus 5, Treppenhaus', manufacturer: 'Hebner' },
  { key: 'aufzug7', workspace: 'ahorn', number: 'A-0107', name: 'Aufzug Haus 7', category: 'Aufzug', locationText: 'Haus 7, Treppenhaus', manufacturer: 'Hebner' },
  { key: 'aufzuga2', workspace: 'rathaus', number: 'A-0002', name: 'Aufzug A2', category: 'Aufzug', locationText: 'Treppenhaus Ost', manufacturer: 'Hebner' },
  { key: 'rlt3', workspace: 'rathaus', number: 'L-0003', name: 'Lüftungsanlage RLT 3', category: 'Lüftung', locationText: 'Dachzentrale' },
  { key: 'rwa2', workspace: 'gewerbe', number: 'B-0202', name: 'Rauchabzug Halle 2', category: 'Brandschutz', locationText: 'Halle 2, Dach' },
  { key: 'tor1', workspace: 'gewerbe', number: 'T-0001', name: 'Rolltor Halle 1', category: 'Tore', locationText: 'Halle 1, Rampe' },
  { key: 'rutsche', workspace: 'kita', number: 'S-0004', name: 'Spielgerät Rutsche', category: 'Außenanlage', locationText: 'Hof' },
];

type DemoContact = { name: string; email: string; phone?: string; roles: ContactRole[] };
export type DemoFirm = { key: string; company: string; trades: string[]; phone: string; standing?: 'preferred' | 'blocked'; blockedReason?: string; needsNoAcceptance?: boolean; locale?: Locale; contacts: DemoContact[] };
export const DEMO_FIRMS: readonly DemoFirm[] = [
  { key: 'blitzner', company: 'Elektro Blitzner GmbH', trades: ['Elektro'], phone: '0999 5551200', standing: 'preferred', contacts: [
    { name: 'Heike Lohbach', email: 'h.lohbach@blitzner.example', phone: '0999 5551201', roles: ['dispatch'] },
    { name: 'Konrad Blitzner', email: 'buero@blitzner.example', roles: ['invoice', 'deputy'] } ] },
  { key: 'drahtmueller', company: 'Strombau Drahtmüller', trades: ['Elektro'], phone: '0999 5551300', contacts: [{ name: 'Ines Drahtmüller', email: 'post@drahtmueller.example', roles: ['dispatch'] }] },
  { key: 'funkner', company: 'Elektro Funkner', trades: ['Elektro'], phone: '0999 5551350', contacts: [{ name: 'Ralf Funkner', email: 'info@elektro-funkner.example', roles: ['dispatch'] }] },
  { key: 'loeschner', company: 'Brandschutz Löschner', trades: ['Brandschutz'], phone: '0999 5551400', contacts: [{ name: 'Dispo Löschner', email: 'dispo@loeschner.example', roles: ['dispatch'] }] },
  { key: 'riegelbach', company: 'Schließtechnik Riegelbach', trades: ['Schließanlagen', 'Türen'], phone: '0999 5551500', contacts: [{ name: 'Nadja Riegelbach', email: 'n.riegelbach@riegelbach.example', roles: ['dispatch'] }] },
  { key: 'frostheim', company: 'Kältetechnik Frostheim', trades: ['Kälte', 'Lüftung'], phone: '0999 5551600', contacts: [
    { name: 'Dispo Frostheim', email: 'dispo@frostheim.example', roles: ['dispatch'] },
    { name: 'Bernd Frostheim', email: 'b.frostheim@frostheim.example', roles: ['deputy'] } ] },
  { key: 'farbwinkel', company: 'Malerbetrieb Farbwinkel', trades: ['Maler'], phone: '0999 5551700', standing: 'preferred', contacts: [{ name: 'Peter Farbwinkel', email: 'p.farbwinkel@farbwinkel.example', phone: '0171 3920099', roles: ['dispatch'] }] },
  { key: 'firstmann', company: 'Dachdeckerei Firstmann', trades: ['Dach'], phone: '0999 5551800', contacts: [{ name: 'Sabine Firstmann', email: 's.firstmann@firstmann.example', roles: ['dispatch'] }] },
  { key: 'steigmann', company: 'Aufzugdienst Steigmann', trades: ['Aufzug', 'Hebetechnik'], phone: '0999 5551900', contacts: [{ name: 'Leitstelle Steigmann', email: 'leitstelle@steigmann.example', roles: ['dispatch', 'emergency'] }] },
  { key: 'rohrwerk', company: 'Rohrwerk Haustechnik', trades: ['Sanitär', 'Heizung'], phone: '0999 5552000', contacts: [{ name: 'Andrea Rohr', email: 'auftrag@rohrwerk.example', roles: ['dispatch'] }, { name: 'Notdienst Rohrwerk', email: 'notdienst@rohrwerk.example', phone: '0999 5552012', roles: ['emergency'] }] },
  { key: 'ulmer', company: 'Gartenwerk Ulmer', trades: ['Garten'], phone: '0999 5552100', contacts: [{ name: 'Gartenwerk Ulmer', email: 'info@gartenwerk-ulmer.example', roles: ['dispatch'] }] },
  { key: 'northgate', company: 'Northgate Door Services', trades: ['Türen', 'Tore'], phone: '+44 20 5550 0140', locale: 'en-GB', contacts: [{ name: 'Emma Hartley', email: 'emma.hartley@northgate.example', phone: '+44 20 5550 0141', roles: ['dispatch'] }] },
  { key: 'pfusch', company: 'Allbau Schnellfix', trades: ['Maler', 'Trockenbau'], phone: '0999 5552200', standing: 'blocked', blockedReason: 'Zweimal nicht erschienen (2026)', contacts: [{ name: 'Schnellfix', email: 'kontakt@schnellfix.example', roles: ['dispatch'] }] },
];
