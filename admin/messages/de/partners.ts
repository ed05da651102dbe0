/** Words of partners: invitations, shares, accounts of clients, and work across them. */
export const partners = {
  accounts: {
    not_found: 'Nicht gefunden. Diesen Account gibt es nicht, oder er ist nicht für Sie bestimmt.', to_own: 'Zum eigenen Account', own: 'Eigene Organisation', clients: 'Auftraggeber',
    partner_workspaces: 'Partner · %{smart_count} Arbeitsbereich |||| Partner · %{smart_count} Arbeitsbereiche', ended: 'Partner · beendet', all_orders: 'Alle Aufträge meiner Auftraggeber',
    invitation: 'Offene Einladung von %{name}', view: 'Ansehen', link_sent: 'Der Link zur Einladung geht noch einmal an %{email}.', late: '%{count} über der Frist', failed: 'Die Auftraggeber konnten nicht geladen werden.',
    open_count: '%{count} offen',
  },
  partner_band: {
    working: 'Sie arbeiten im Account von %{client}, als Partner', back: 'Zurück zum eigenen Account', ended: 'Die Zusammenarbeit mit %{client} ist beendet. Sie können alles nachlesen, aber nichts mehr ändern.',
    ending: 'Die Zusammenarbeit mit %{client} endet am %{day}.',
  },
} as const;
