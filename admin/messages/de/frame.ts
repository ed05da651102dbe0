/** Words of the frame around all screens: buttons, states, menu, app bar, keyboard. */
export const frame = {
  action: {
    cancel: 'Abbrechen', save: 'Speichern', close: 'Schließen', edit: 'Bearbeiten', create: 'Anlegen', discard: 'Verwerfen', remove: 'Entfernen',
    undo: 'Rückgängig', show_all: 'Alle', more: 'Weitere Aktionen', call: 'Anrufen', open: 'Öffnen', search: 'Suchen', reset: 'Zurücksetzen',
    archive: 'Archivieren', restore: 'Wieder aufnehmen', yes: 'Ja', no: 'Nein', back: 'Zurück', add: 'Hinzufügen', filter: 'Filter',
  },
  state: {
    loading: 'Wird geladen', failed: 'Das hat nicht geklappt.', nothing_changed: 'Es wurde nichts geändert.', retry: 'Erneut versuchen',
    offline: 'Keine Verbindung. Ihre Eingaben bleiben hier stehen.', offline_band: 'Sie sind offline. Was Sie sehen, ist vielleicht nicht aktuell.',
    polling_band: 'Keine Live-Verbindung. Die Seite fragt alle 30 Sekunden nach.', not_found: 'Diese Seite gibt es nicht, oder sie ist nicht für Sie bestimmt.',
    to_dashboard: 'Zur Übersicht', crashed: 'Diese Seite ist abgestürzt. Es wurde nichts geändert.', reload: 'Neu laden', saved: 'Gespeichert',
    filtered_empty: 'Nichts gefunden mit: %{filters}.', clear_filters: 'Filter zurücksetzen', unsaved: 'Nicht gespeicherte Änderungen',
    live_changed: 'Die Seite wurde aktualisiert.', none: 'keine', no_value: '–', optional: 'freiwillig',
    undone: 'Rückgängig gemacht',
    not_found_title: 'Nicht gefunden',
    gone_title: 'Nicht mehr freigegeben', gone: 'Was hier stand, ist nicht mehr für Sie freigegeben, oder es gibt es nicht mehr.',
  },
  nav: {
    dashboard: 'Übersicht', tickets: 'Meldungen', to_review: 'Zu klären', assets: 'Anlagen', workspaces: 'Arbeitsbereiche', firms: 'Dienstleister',
    orders: 'Aufträge', calendar: 'Kalender', partnership: 'Zusammenarbeit', client_orders: 'Auftraggeber', partners: 'Partner', mails: 'Mail-Protokoll', users: 'Benutzer', settings: 'Einstellungen', health: 'Betrieb', main: 'Hauptmenü', open: 'Menü öffnen',
  },
  bar: {
    search: 'Nummer, Titel, Firma, Adresse', new_ticket: 'Meldung', theme: 'Hell oder dunkel', user_menu: 'Mein Konto', profile: 'Mein Profil',
    sign_out: 'Abmelden', language: 'Sprache', accounts: 'Account wechseln', account_search: 'Account suchen', own: 'Eigene Organisation',
    no_account: 'Kein Account gefunden.', shortcuts: 'Tastenkürzel', to_review_count: '%{count} E-Mails zu klären', skip: 'Zum Inhalt springen',
  },
  band: {
    late: 'Die Automatik steht seit %{since}. Erinnerungen und E-Mails gehen verspätet; nichts geht verloren.',
    mail_paused: 'Ausgehende E-Mails sind angehalten. Sie werden gesendet, sobald die Pause endet.', mail_paused_link: 'Zu den Einstellungen',
    mail_paused_all: 'Der Betrieb hat ausgehende E-Mails für alle Organisationen angehalten. Sie werden gesendet, sobald die Pause endet.', mail_paused_all_link: 'Zum Betrieb',
    changed: 'Inzwischen geändert: %{what}', new_version: 'Es gibt eine neue Fassung dieser Seite.',
  },
  keys: {
    ctrl: 'Strg', title: 'Tastenkürzel', on: 'Tastenkürzel verwenden', search: 'Suchen', go: 'Gehe zu Übersicht, Meldungen, Zu klären', accounts: 'Account wechseln',
    move: 'In Listen blättern', open: 'Öffnen', comment: 'Auf einer Meldung: Nachricht schreiben', internal: 'geteilt oder intern',
    assign: 'Beauftragen', phone: 'Antwort am Telefon eintragen', send: 'Senden', review: 'In Zu klären: Aktion wählen', help: 'Diese Liste',
  },
  sign_in: {
    title: 'Anmelden', email: 'E-Mail-Adresse', password: 'Passwort', submit: 'Anmelden', forgotten: 'Passwort vergessen',
    forgotten_title: 'Passwort vergessen', forgotten_hint: 'Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort setzen.',
    forgotten_submit: 'Link senden', forgotten_done: 'Wenn es zu %{email} ein Konto gibt, kommt der Link in wenigen Minuten an.',
    back: 'Zurück zur Anmeldung', claim: 'Aufträge an Dienstleister, ohne dass einer vergessen wird.', signed_out: 'Bitte melden Sie sich an.',
  },
  token: {
    reset_title: 'Neues Passwort', reset_hint: 'Für das Konto %{email}. Alle anderen Sitzungen werden beendet.', reset_invitation: 'Danach geht es weiter mit der Einladung von %{organisation}.', reset_submit: 'Passwort setzen und anmelden',
    join_title: 'Einladung zu %{organisation}', join_new: 'Legen Sie Ihr Konto für %{email} an.',
    join_known: 'Sie haben schon ein Konto für %{email}. Mit Ihrem Passwort gehören Sie auch zu %{organisation}.', join_submit: 'Beitreten',
    first_title: 'Gewerk einrichten', first_hint: 'Legen Sie Ihre Organisation und das erste Konto mit allen Rechten an.', first_submit: 'Einrichten',
    name: 'Vor- und Nachname', organisation: 'Name der Organisation', email: 'E-Mail-Adresse', new_password: 'Neues Passwort', password: 'Passwort',
    repeat: 'Passwort wiederholen', locale_hint: 'Daraus folgen Zeitzone, Feiertage und Währung der Organisation. Ändern können Sie das in den Einstellungen.', rule: 'Mindestens %{min} Zeichen. Ein Satz aus mehreren Wörtern ist gut zu merken.', differs: 'Die Passwörter sind verschieden.',
    invalid: 'Dieser Link ist ungültig oder schon benutzt.', expired: 'Dieser Link ist abgelaufen.', language: 'Sprache', ask_again: 'Neuen Link anfordern',
  },
  profile: {
    title: 'Mein Profil', person: 'Person', name: 'Name', phone: 'Telefon', email: 'E-Mail', language: 'Sprache', notices: 'E-Mails zu meinen Meldungen',
    notices_hint: 'Was Sie selbst tun, wird Ihnen nie gemailt.', password: 'Passwort ändern', current: 'Jetziges Passwort', new_password: 'Neues Passwort',
    password_submit: 'Passwort ändern', password_changed: 'Das Passwort ist geändert. Alle anderen Sitzungen sind beendet.', sessions: 'Sitzungen',
    sessions_hint: 'Hier sind Sie angemeldet. Was Sie nicht kennen, beenden Sie bitte und ändern Ihr Passwort.', this_one: 'diese Sitzung', last_seen: 'zuletzt %{at}',
    signed_in: 'angemeldet %{at}', end: 'Beenden', ended: 'Sitzung beendet', device: 'Unbekanntes Gerät', keys: 'Tastenkürzel verwenden',
  },
} as const;
