import { describe, expect, test } from '@jest/globals';
import { type InboundAttachment, MAIL_FILE_LIMIT_BYTES, decideAttachment, safeFileName } from '#domain/mail/attachments.ts';

const photo: InboundAttachment = { name: 'IMG_1.jpg', contentType: 'image/jpeg', sizeBytes: 400_000 };

describe('each attachment is kept, hidden or refused by one rule', () => {
  const cases: [string, InboundAttachment, string][] = [
    ['photo', photo, 'keep'],
    ['photo inside the text', { ...photo, contentId: 'ii_1' }, 'keep'],
    ['20 MB to the byte', { ...photo, sizeBytes: MAIL_FILE_LIMIT_BYTES }, 'keep'],
    ['one byte over 20 MB', { ...photo, sizeBytes: MAIL_FILE_LIMIT_BYTES + 1 }, 'too_large'],
    ['empty file', { ...photo, sizeBytes: 0 }, 'empty_skip'],
    ['image of the cut part', { ...photo, contentId: 'logo@firma' }, 'hide_logo'],
    ['image of the cut part, id in brackets', { ...photo, contentId: '<LOGO@firma>' }, 'hide_logo'],
    ['small image inside the text', { ...photo, contentId: 'ii_2', sizeBytes: 9000 }, 'hide_logo'],
    ['image of few pixels inside the text', { ...photo, contentId: 'ii_2', widthPx: 120, heightPx: 60 }, 'hide_logo'],
    ['small image as a plain attachment', { ...photo, sizeBytes: 9000 }, 'keep'],
    ['small PDF with an id', { name: 'a.pdf', contentType: 'application/pdf', sizeBytes: 900, contentId: 'f_1' }, 'keep'],
    ['S/MIME signature', { name: 'smime.p7s', contentType: 'application/pkcs7-signature', sizeBytes: 4000 }, 'hide_signature_file'],
    ['PGP signature', { name: 'signature.asc', contentType: 'application/octet-stream', sizeBytes: 400 }, 'hide_signature_file'],
    ['encrypted mail', { name: 'smime.p7m', contentType: 'application/pkcs7-mime; smime-type=enveloped-data', sizeBytes: 4000 }, 'keep_unreadable'],
    ['mail within the mail', { name: 'Anfrage.eml', contentType: 'message/rfc822', sizeBytes: 4000 }, 'keep'],
    ['winmail.dat', { name: 'winmail.dat', contentType: 'application/ms-tnef', sizeBytes: 4000 }, 'keep'],
    ['appointment', { name: 'invite.ics', contentType: 'text/calendar', sizeBytes: 400 }, 'keep'],
  ];
  test.each(cases)('%s', (_name, file, decision) => {
    expect(decideAttachment(file, ['logo@firma'])).toBe(decision);
  });
});

describe('a file name cannot leave its folder or hide its ending', () => {
  test.each([
    ['Foto vom Bad.jpg', 'Foto vom Bad.jpg'],
    ['Grundriß Köln.pdf', 'Grundriß Köln.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\bild.png', 'bild.png'],
    ['a\u0000b\r\nc.txt', 'abc.txt'],
    ['rechnung\u202Egpj.exe', 'rechnunggpj.exe'],
    ['.htaccess', 'htaccess'],
    ['...', 'Anhang'],
    ['', 'Anhang'],
    ['con.txt', '_con.txt'],
    ['a<b>:"c|d?e*.txt', 'a_b___c_d_e_.txt'],
    ['datei.pdf. . ', 'datei.pdf'],
    ['Gru\u0308n.txt', 'Grün.txt'],
  ])('%j → %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  test('long names keep their ending', () => {
    const safe = safeFileName(`${'ä'.repeat(300)}.jpeg`);
    expect(safe).toHaveLength(120);
    expect(safe.endsWith('.jpeg')).toBe(true);
  });
});
