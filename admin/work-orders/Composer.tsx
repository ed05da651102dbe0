import { Alert, Button, IconButton, TextField, ToggleButton, ToggleButtonGroup, Tooltip, useMediaQuery } from '@mui/material';
import { useRef, type KeyboardEvent } from 'react';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { useShortcut } from '../layout/shortcuts.tsx';
import { AttachIcon, ImageIcon, LockIcon, MailIcon, PeopleIcon, PhoneIcon, SendIcon, WarningIcon } from '../parts/icons.ts';
import { useCommand } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import type { Order } from '../providers/types.ts';
import type { CommentInput } from '../providers/verbs.ts';
import { sendDraft, useDraft } from './use-draft.ts';
import { useUploads } from './use-uploads.ts';
import { UploadList } from './UploadList.tsx';

/** Writes a message: who will see and be mailed it stands above it, by colour and by name. */
export function Composer({ order }: { order: Order }) {
  const t = useT();
  const errorText = useErrorText();
  const asPartner = useAsPartner();
  const field = useRef<HTMLTextAreaElement>(null);
  const isNarrow = useMediaQuery('(max-width: 899.95px)');
  const [{ body, visibility, isPhoneNote, clientKey, isSending }, change] = useDraft(order.id);
  const files = useUploads(order.id, { isForMessage: true });
  const send = useCommand((portal, input: CommentInput) => sendDraft(order.id, input.body, async () => portal.addComment(order.id, input)), {
    onDone: (_order, sent) => files.forget(sent.attachmentIds ?? []),
  });
  const isShared = visibility === 'shared';
  const savedIds = files.uploads.flatMap((one) => (one.saved ? [one.saved.id] : []));
  const canSend = !isSending && !files.isBusy && (body.trim() !== '' || savedIds.length > 0);
  const submit = (): void => {
    if (!canSend) return;
    send.mutate({ visibility, body: body.trim(), clientKey, ...(savedIds.length > 0 ? { attachmentIds: savedIds } : {}), ...(isPhoneNote ? { isPhoneNote } : {}) });
  };
  useShortcut('c', () => field.current?.focus());
  useShortcut('i', () => change({ visibility: isShared ? 'internal' : 'shared' }));
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    if (event.key === 'Escape') field.current?.blur();
  };
  return (
    <form className={`composer ${isShared ? '' : 'is-internal'}`} onSubmit={(event) => { event.preventDefault(); submit(); }}
      onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); files.add([...event.dataTransfer.files]); }}>
      <div className="composer-top">
        <ToggleButtonGroup exclusive size="small" value={visibility} aria-label={t('composer.visibility')} onChange={(_, next: 'shared' | 'internal' | null) => { if (next) change({ visibility: next }); }}>
          <ToggleButton value="shared"><PeopleIcon />{t('composer.shared')}</ToggleButton>
          <ToggleButton value="internal"><LockIcon />{t('composer.internal')}</ToggleButton>
        </ToggleButtonGroup>
        <Recipients order={order} isShared={isShared} />
      </div>
      <TextField className="composer-field" inputRef={field} multiline minRows={1} maxRows={10} variant="standard" value={body} onChange={(event) => change({ body: event.target.value })} onKeyDown={onKey}
        placeholder={t(isNarrow ? 'composer.label' : isShared ? 'composer.placeholder_shared' : asPartner ? 'client.placeholder_internal' : 'composer.placeholder_internal')} slotProps={{ input: { disableUnderline: true }, htmlInput: { 'aria-label': t('composer.label'), maxLength: 20_000 } }} />
      <UploadList uploads={files.uploads} onDrop={files.drop} onRetry={files.retry} />
      {send.error ? <Alert severity="error">{errorText(send.error)}</Alert> : null}
      <div className="composer-bottom">
        <PickFiles label={t('composer.attach')} onPick={files.add} />
        <PickFiles label={t('composer.photo')} isPhoto onPick={files.add} />
        {asPartner ? null : <Button className={`phone-note ${isPhoneNote ? 'is-on' : ''}`} aria-pressed={isPhoneNote} startIcon={<PhoneIcon />} aria-label={t('composer.phone')} onClick={() => change({ isPhoneNote: !isPhoneNote })}><span>{t('composer.phone')}</span></Button>}
        <kbd className="kbd composer-keys" aria-hidden>{t('keys.ctrl')} ↵</kbd>
        <Button type="submit" variant="contained" disabled={!canSend} startIcon={<SendIcon />} className="composer-send" aria-label={t('composer.send')}><span>{t('composer.send')}</span></Button>
      </div>
    </form>
  );
}

/** Each person who will be mailed, by name, and when; nobody is mailed what they wrote themselves, and who can't be reached is named. */
function Recipients({ order, isShared }: { order: Order; isShared: boolean }) {
  const t = useT();
  const asPartner = useAsPartner();
  if (!isShared) return <span className="second">{asPartner ? t('client.only_us', { name: asPartner.partnerName }) : t('composer.only_us')}</span>;
  const reached = order.mailRecipients.filter((one) => !one.isUndeliverable);
  const unnamed = order.unnamedRecipientCount;
  const lost = order.mailRecipients.filter((one) => one.isUndeliverable);
  return (
    <>
      {reached.length === 0 ? <span className="second">{t('composer.nobody')}</span> : (
        <>
          <span className="second composer-to">{t('composer.mail_to')}</span>
          <span className="composer-names">
            {reached.map((one) => <span key={`${one.kind}${one.name}`} className="tag is-shared"><MailIcon />{whoIs(one)}</span>)}
            {unnamed > 0 ? <span className="tag is-shared"><MailIcon />{t('client.unnamed_observers', { smart_count: unnamed })}</span> : null}
          </span>
          <span className="second composer-count">{t('composer.people', { smart_count: reached.length + unnamed })}</span>
          <span className="second composer-when">{t('composer.when')}</span>
        </>
      )}
      {lost.length > 0 ? <span className="danger icon-line"><WarningIcon />{t('reach.not_reached', { names: lost.map((one) => whoIs(one)).join('; ') })}</span> : null}
    </>
  );
}

function PickFiles({ label, isPhoto, onPick }: { label: string; isPhoto?: boolean; onPick: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Tooltip title={label}>
      <span className={isPhoto ? 'pick-photo' : ''}>
        <IconButton aria-label={label} color="primary" onClick={() => input.current?.click()}>{isPhoto ? <ImageIcon style={{ fontSize: 18 }} /> : <AttachIcon style={{ fontSize: 18 }} />}</IconButton>
        <input ref={input} type="file" multiple hidden {...(isPhoto ? { accept: 'image/*,.heic,.heif' } : {})} onChange={(event) => { onPick([...(event.target.files ?? [])]); event.target.value = ''; }} />
      </span>
    </Tooltip>
  );
}

/** A contact that is named like its firm is named once. */
function whoIs({ name, firmName }: Order['mailRecipients'][number]): string {
  return [...new Set([name, firmName].filter(Boolean))].join(', ');
}
