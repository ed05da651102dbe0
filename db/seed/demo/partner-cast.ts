import type { DemoUser } from './cast.ts';
import type { OrganisationCast } from './stage.ts';

/** A company that works as a partner: who accepts, and which other logins it has. */
export type PartnerCompany = { readonly firm: string; readonly name: string; readonly admin: { readonly name: string; readonly email: string; readonly phone: string }; readonly people: readonly DemoUser[] };

export const STEIGMANN: PartnerCompany = {
  firm: 'steigmann', name: 'Aufzugdienst Steigmann', admin: { name: 'Kai Obermoos', email: 'kai.obermoos@steigmann.example', phone: '0999 5550165' },
  people: [
    { key: 'petra', name: 'Petra Lindlar', email: 'petra.lindlar@steigmann.example', phone: '0999 5551902', role: 'coordinator' },
    { key: 'milan', name: 'Milan Treppner', email: 'milan.treppner@steigmann.example', phone: '0999 5551903', role: 'technician' },
    { key: 'ines', name: 'Ines Schachtler', email: 'ines.schachtler@steigmann.example', phone: '0999 5551904', role: 'technician' },
  ],
};

/** Its partnership with the demo's client has ended; it keeps the record. */
export const FUNKNER: PartnerCompany = {
  firm: 'funkner', name: 'Elektro Funkner', admin: { name: 'Ralf Funkner', email: 'ralf.funkner@elektro-funkner.example', phone: '0999 5551351' }, people: [],
};

/** A second client of the lift company, so that orders of several clients can be seen together. */
export const KLINIK: OrganisationCast = {
  organisation: { name: 'Klinik am Moorsee', mailName: 'klinik-moorsee', phone: '0999 5553100', senderName: 'Klinik am Moorsee, Technik' },
  invoiceEmail: 'rechnung@klinik-moorsee.example',
  users: [{ key: 'doris', name: 'Doris Wallner', email: 'doris.wallner@klinik-moorsee.example', phone: '0999 5553101', role: 'admin' }],
  workspaces: [{ key: 'haupthaus', name: 'Haupthaus', shortName: 'Haupthaus', street: 'Moorseeweg 1', postalCode: '99994', city: 'Moorquell', responsible: 'doris' }],
  assets: [
    { key: 'bett1', workspace: 'haupthaus', number: 'BA-1', name: 'Bettenaufzug 1', category: 'Aufzug', locationText: 'Kern Nord' },
    { key: 'bett2', workspace: 'haupthaus', number: 'BA-2', name: 'Bettenaufzug 2', category: 'Aufzug', locationText: 'Kern Süd' },
  ],
  firms: [{ key: 'steigmann', company: 'Aufzugdienst Steigmann', trades: ['Aufzug'], phone: '0999 5551900', contacts: [{ name: 'Leitstelle Steigmann', email: 'leitstelle@steigmann.example', roles: ['dispatch'] }] }],
};

/** Has invited the lift company, which has not answered yet. */
export const SCHULVERBAND: OrganisationCast = {
  organisation: { name: 'Schulverband Nordtal', mailName: 'schulverband-nordtal', phone: '0999 5553200' },
  invoiceEmail: 'rechnung@schulverband-nordtal.example',
  users: [{ key: 'holger', name: 'Holger Amrein', email: 'holger.amrein@schulverband-nordtal.example', phone: '0999 5553201', role: 'admin' }],
  workspaces: [{ key: 'realschule', name: 'Realschule Nordtal', shortName: 'Realschule', street: 'Schulstraße 8', postalCode: '99995', city: 'Nordtal', responsible: 'holger' }],
  assets: [{ key: 'plattform', workspace: 'realschule', number: 'PL-1', name: 'Plattformlift', category: 'Aufzug', locationText: 'Haupteingang' }],
  firms: [],
};
