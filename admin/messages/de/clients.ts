/** What a partner reads in the account of a client, and across all of its clients. */
export const clients = {
  client: {
    orders: 'Aufträge', col_order: 'Auftrag', search: 'In Aufträgen suchen', search_all: 'Nummer, Titel, Ort, Nachrichten', awaiting: 'Antwort offen', no_orders: 'Noch keine Aufträge von %{client}.', list_hint: 'Sie sehen die Aufträge, an denen Ihre Firma beteiligt ist. „Unsere Person“ sieht der Auftraggeber nur, wenn Sie es in Ihren Einstellungen erlauben.',
    own_work: 'Unser Auftrag', own_side: 'Nur für uns', own_person: 'Unsere Person', own_number: 'Unsere Nummer', own_person_hint: 'Wer eingeteilt wird, bekommt eine E-Mail.', own_hint: 'Unsere Nummer sieht der Auftraggeber nicht; unsere Person nur, wenn Sie es erlauben.', nobody: 'Noch niemand', no_date: 'Termin fehlt', observing: 'Ihre Firma beobachtet diesen Auftrag.', stop_observing: 'Nicht mehr beobachten',
    waits_answer: '%{client} wartet auf Ihre Antwort', waits_date: '%{client} wartet auf einen Termin', waits_visit: 'Der Termin ist genannt', waits_done: 'Die Arbeit läuft', waits_hold: 'Die Arbeit ist unterbrochen', waits_check: '%{client} prüft Ihre Meldung', waits_nothing: 'Für Sie ist nichts mehr zu tun',
    accept: 'Annehmen', accept_title: 'Auftrag annehmen', accept_hint: '%{client} erfährt sofort, dass Sie den Auftrag annehmen.', accepted: 'Auftrag angenommen', decline: 'Ablehnen …', decline_title: 'Auftrag ablehnen', decline_hint: '%{client} sucht dann jemand anderen.', decline_send: 'Ablehnen', decline_note: 'Anmerkung (freiwillig)', declined: 'Auftrag abgelehnt', name_date: 'Termin nennen', change_date: 'Termin ändern',
    only_us: 'Nur %{name}', placeholder_internal: 'Interne Notiz, bleibt in Ihrer Firma', internal_of: 'intern · %{name}', client_reference: 'Deren Nummer', contractor_reference: 'Unsere Nummer dort', responsible: 'Zuständig',
    settings_title: 'Zusammenarbeit mit %{client}', people: 'Unsere Leute', show_people: '%{client} darf sehen, wer von uns eingeteilt ist', people_hint: 'Ohne das erfährt der Auftraggeber nur, dass jemand eingeteilt ist.', served: 'Arbeitsbereiche', served_hint: 'Für was Sie abwählen, bekommen Sie keine Aufträge. Der Auftraggeber liest den Grund.', served_none: 'Noch nichts ist freigegeben.', not_served_why: 'Warum nicht? (freiwillig)', not_served: 'Abwählen', not_served_reason: '„%{reason}“',
    dispatch: 'Wer bekommt neue Aufträge?', dispatch_hint: 'An diese Person oder dieses Postfach gehen Anfragen und Erinnerungen per E-Mail.', dispatch_all: 'Alle Arbeitsbereiche', dispatch_default: 'Administration und Koordination', dispatch_as_all: 'wie alle Arbeitsbereiche', dispatch_mailbox: 'Gemeinsames Postfach …', dispatch_email: 'E-Mail-Adresse des Postfachs',
    ending: 'Zusammenarbeit beenden', ending_hint: 'Nach dem letzten Tag sehen Sie keine Anlagen von %{client} mehr und können nur noch ändern, was fertig zu machen ist. Was geschehen ist, bleibt lesbar. Über laufende Aufträge entscheidet der Auftraggeber.',
    no_assets: '%{client} hat noch keine Anlagen freigegeben.',
  },
  client_orders: {
    list: 'Liste', calendar: 'Kalender', inbox: 'Eingang', client: 'Auftraggeber', filters: 'diesen Filtern', empty: 'Keine offenen Aufträge Ihrer Auftraggeber.', inbox_empty: 'Nichts wartet auf Sie.', no_clients: 'Ihre Firma ist noch bei niemandem Partner.',
  },
  calendar: {
    month: 'Monat', week: 'Woche', today: 'Heute', earlier: 'Früher', later: 'Später', span: 'Zeitraum', due: 'Fällig', promised: 'Termin', empty: 'In dieser Zeit ist nichts fällig und kein Termin genannt.',
  },
} as const;
