import type { RaMessages } from '../shape.ts';

/** React-admin's own words in German; all keys, with its placeholders. */
export const ra = {
  action: {
    add_filter: 'Filter hinzufügen', add: 'Hinzufügen', back: 'Zurück', bulk_actions: '1 ausgewählt |||| %{smart_count} ausgewählt',
    cancel: 'Abbrechen', clear_array_input: 'Liste leeren', clear_input_value: 'Eingabe löschen', clone: 'Duplizieren', confirm: 'Bestätigen',
    create: 'Anlegen', create_item: '%{item} anlegen', delete: 'Löschen', edit: 'Bearbeiten', export: 'Exportieren', list: 'Liste',
    refresh: 'Aktualisieren', remove_filter: 'Filter entfernen', remove_all_filters: 'Alle Filter entfernen', remove: 'Entfernen',
    reset: 'Zurücksetzen', save: 'Speichern', search: 'Suchen', search_columns: 'Spalten suchen', select_all: 'Alle auswählen',
    select_all_button: 'Alle auswählen', select_row: 'Diese Zeile auswählen', show: 'Ansehen', sort: 'Sortieren', undo: 'Rückgängig',
    unselect: 'Auswahl aufheben', expand: 'Aufklappen', close: 'Schließen', open_menu: 'Menü öffnen', close_menu: 'Menü schließen',
    update: 'Ändern', move_up: 'Nach oben', move_down: 'Nach unten', open: 'Öffnen', toggle_theme: 'Hell oder dunkel',
    select_columns: 'Spalten', update_application: 'Neu laden',
  },
  boolean: { true: 'Ja', false: 'Nein', null: ' ' },
  page: {
    create: '%{name} anlegen', dashboard: 'Übersicht', edit: '%{name} %{recordRepresentation}', error: 'Etwas ist schiefgegangen',
    list: '%{name}', loading: 'Wird geladen', not_found: 'Nicht gefunden', show: '%{name} %{recordRepresentation}',
    empty: 'Noch keine %{name}.', invite: 'Möchten Sie etwas anlegen?', access_denied: 'Nicht gefunden',
    authentication_error: 'Anmeldung nicht möglich',
  },
  input: {
    file: {
      upload_several: 'Dateien hierher ziehen oder klicken, um welche auszuwählen.',
      upload_single: 'Datei hierher ziehen oder klicken, um eine auszuwählen.',
    },
    image: {
      upload_several: 'Bilder hierher ziehen oder klicken, um welche auszuwählen.',
      upload_single: 'Bild hierher ziehen oder klicken, um eines auszuwählen.',
    },
    references: {
      all_missing: 'Die verknüpften Einträge sind nicht mehr da.',
      many_missing: 'Mindestens einer der verknüpften Einträge ist nicht mehr da.',
      single_missing: 'Der verknüpfte Eintrag ist nicht mehr da.',
    },
    password: { toggle_visible: 'Passwort verbergen', toggle_hidden: 'Passwort zeigen' },
  },
  message: {
    about: 'Über', access_denied: 'Diese Seite gibt es nicht, oder sie ist nicht für Sie bestimmt.', are_you_sure: 'Sind Sie sicher?',
    authentication_error: 'Ihre Anmeldung konnte nicht geprüft werden. Bitte versuchen Sie es noch einmal.',
    auth_error: 'Ihre Anmeldung konnte nicht geprüft werden.',
    bulk_delete_content: 'Möchten Sie %{name} löschen? |||| Möchten Sie diese %{smart_count} Einträge löschen?',
    bulk_delete_title: '%{name} löschen |||| %{smart_count} %{name} löschen',
    bulk_update_content: 'Möchten Sie %{name} %{recordRepresentation} ändern? |||| Möchten Sie diese %{smart_count} Einträge ändern?',
    bulk_update_title: '%{name} %{recordRepresentation} ändern |||| %{smart_count} %{name} ändern',
    clear_array_input: 'Möchten Sie die ganze Liste leeren?', delete_content: 'Möchten Sie diesen Eintrag (%{name}) löschen?',
    delete_title: '%{name} %{recordRepresentation} löschen', details: 'Einzelheiten',
    error: 'Das hat nicht geklappt, es wurde nichts geändert.', invalid_form: 'Bitte prüfen Sie die markierten Felder.',
    loading: 'Bitte warten', no: 'Nein', not_found: 'Diese Seite gibt es nicht, oder sie ist nicht für Sie bestimmt.',
    select_all_limit_reached: 'Es sind zu viele Einträge. Nur die ersten %{max} sind ausgewählt.',
    unsaved_changes: 'Ihre Änderungen sind nicht gespeichert. Möchten Sie sie verwerfen?', yes: 'Ja',
    placeholder_data_warning: 'Keine Verbindung: Die Daten sind nicht aktuell.',
  },
  navigation: {
    clear_filters: 'Filter zurücksetzen', no_filtered_results: 'Mit diesen Filtern wurde nichts gefunden (%{name}).',
    no_results: 'Nichts gefunden (%{name})', no_more_results: 'Die Seite %{page} gibt es nicht. Bitte gehen Sie eine zurück.',
    page_out_of_boundaries: 'Die Seite %{page} gibt es nicht', page_out_from_end: 'Dies ist die letzte Seite',
    page_out_from_begin: 'Dies ist die erste Seite', page_range_info: '%{offsetBegin}–%{offsetEnd} von %{total}',
    partial_page_range_info: '%{offsetBegin}–%{offsetEnd} von mehr als %{offsetEnd}', current_page: 'Seite %{page}',
    page: 'Zu Seite %{page}', first: 'Zur ersten Seite', last: 'Zur letzten Seite', next: 'Zur nächsten Seite',
    previous: 'Zur vorigen Seite', page_rows_per_page: 'Zeilen:', skip_nav: 'Zum Inhalt springen',
  },
  sort: { sort_by: 'Sortiert nach %{field_lower_first}, %{order}', ASC: 'aufsteigend', DESC: 'absteigend' },
  auth: {
    auth_check_error: 'Bitte melden Sie sich an.', user_menu: 'Profil', username: 'Benutzername', password: 'Passwort', email: 'E-Mail',
    sign_in: 'Anmelden', sign_in_error: 'Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.', logout: 'Abmelden',
  },
  notification: {
    updated: 'Gespeichert |||| %{smart_count} gespeichert', created: 'Angelegt', deleted: 'Gelöscht |||| %{smart_count} gelöscht',
    bad_item: 'Dieser Eintrag ist fehlerhaft', item_doesnt_exist: 'Nicht gefunden', http_error: 'Der Server antwortet nicht richtig',
    data_provider_error: 'Unerwartete Antwort des Servers', i18n_error: 'Die Sprache konnte nicht geladen werden',
    canceled: 'Abgebrochen', logged_out: 'Ihre Sitzung ist beendet. Bitte melden Sie sich wieder an.',
    not_authorized: 'Nicht gefunden', application_update_available: 'Es gibt eine neue Fassung dieser Seite.',
    offline: 'Keine Verbindung. Die Daten konnten nicht geladen werden.',
  },
  validation: {
    required: 'Bitte ausfüllen', minLength: 'Mindestens %{min} Zeichen', maxLength: 'Höchstens %{max} Zeichen',
    minValue: 'Mindestens %{min}', maxValue: 'Höchstens %{max}', number: 'Bitte eine Zahl angeben',
    email: 'Bitte eine gültige E-Mail-Adresse angeben', oneOf: 'Bitte eines davon: %{options}',
    regex: 'Das Format stimmt nicht (%{pattern})', unique: 'Das gibt es schon',
  },
  saved_queries: {
    label: 'Meine Ansichten', query_name: 'Name der Ansicht', new_label: 'Ansicht speichern', new_dialog_title: 'Ansicht speichern als',
    remove_label: 'Ansicht entfernen', remove_label_with_name: 'Ansicht „%{name}“ entfernen', remove_dialog_title: 'Ansicht entfernen',
    remove_message: 'Möchten Sie diese Ansicht aus Ihrer Liste entfernen?', help: 'Filtern Sie die Liste und speichern Sie die Ansicht.',
  },
  guesser: { empty: { title: 'Nichts zu zeigen', message: 'Bitte prüfen Sie die Datenquelle.' } },
  configurable: {
    customize: 'Anpassen', configureMode: 'Diese Seite anpassen',
    inspector: {
      title: 'Anpassen', content: 'Zeigen Sie auf etwas, um es anzupassen', reset: 'Zurücksetzen', hideAll: 'Alle ausblenden',
      showAll: 'Alle zeigen',
    },
    Datagrid: { title: 'Tabelle', unlabeled: 'Spalte ohne Namen %{column}' },
    SimpleForm: { title: 'Formular', unlabeled: 'Feld ohne Namen %{input}' },
    SimpleList: { title: 'Liste', primaryText: 'Erste Zeile', secondaryText: 'Zweite Zeile', tertiaryText: 'Rechts' },
  },
} as const satisfies RaMessages;
