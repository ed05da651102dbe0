/** Words on mails that wait, do not arrive, or go to somebody else. */
export const mails = {
  held: {
    band: '%{smart_count} Erinnerung wird zurückgehalten, seit %{since}: ungewöhnlich viele in einer Stunde. |||| %{smart_count} Erinnerungen werden zurückgehalten, seit %{since}: ungewöhnlich viele in einer Stunde.',
    send: 'Senden', drop: 'Nicht senden', send_title: 'Zurückgehaltene Erinnerungen senden', drop_title: 'Zurückgehaltene Erinnerungen nicht senden',
    send_hint: '%{smart_count} Erinnerung geht jetzt hinaus. Zwei Stunden lang wird nichts mehr zurückgehalten. |||| %{smart_count} Erinnerungen gehen jetzt hinaus. Zwei Stunden lang wird nichts mehr zurückgehalten.',
    drop_hint: '%{smart_count} Erinnerung wird nicht gesendet. Sie bleibt im Mail-Protokoll; die nächsten Schritte der Eskalation laufen weiter. |||| %{smart_count} Erinnerungen werden nicht gesendet. Sie bleiben im Mail-Protokoll; die nächsten Schritte der Eskalation laufen weiter.',
    sent: 'Die Erinnerungen werden gesendet', dropped: 'Die Erinnerungen werden nicht gesendet', panel: 'Zurückgehaltene Erinnerungen', none: 'Keine Erinnerung wird zurückgehalten.',
    hint: 'Gilt für alle Organisationen. Ohne Entscheidung gehen sie nach und nach hinaus, höchstens so viele je Stunde wie üblich.', under_way: 'Ihre Entscheidung wird ausgeführt …',
  },
  reach: {
    blocked: 'Adresse unzustellbar: im Verzeichnis berichtigen.', call: 'Anrufen: %{phone}', correct: 'Adresse berichtigen …', correct_title: 'Adresse von %{name} berichtigen', correct_label: 'E-Mail-Adresse', correct_hint: 'Gilt im Verzeichnis, auch für andere Aufträge.',
    correct_again: 'Danach die Anfrage an diese Adresse senden', corrected: 'Adresse berichtigt', again: 'Anfrage erneut senden …', again_title: 'Anfrage erneut senden', again_text: 'Die Anfrage kam nicht an. Sie geht noch einmal an %{email}.', again_send: 'Erneut senden', again_done: 'Die Anfrage wird erneut gesendet',
    not_reached: 'Nicht per E-Mail erreichbar: %{names}',
    deputy_until: 'Abwesend bis %{day}; nennt als Vertretung %{who}.', deputy: 'Abwesend; nennt als Vertretung %{who}.', deputy_other: 'Die Adresse gehört nicht zur Domain der Firma.', deputy_take: 'Hinzufügen und anschreiben', deputy_leave: 'Nicht anschreiben',
    deputy_taken: 'Als Kontakt hinzugefügt, die Anfrage wird gesendet', deputy_left: 'Niemand wird angeschrieben', deputy_note: 'Notiz ansehen',
  },
  decided: {
    title: 'Über diese E-Mail ist schon entschieden', attached: 'Sie wurde zugeordnet.', ticket: 'Aus ihr wurde eine Meldung.', answered: 'Sie wurde beantwortet.', discarded: 'Sie wurde verworfen.', too_old: 'Sie war zu alt.', in_log: 'Im Mail-Protokoll ansehen',
  },
} as const;
