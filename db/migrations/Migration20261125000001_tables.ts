import { Migration } from '@mikro-orm/migrations';

export class Migration20261125000001_tables extends Migration {

  override name = 'Migration20261125000001_tables';

  override up(): void | Promise<void> {
    this.addSql(`create table "access_links" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "purpose" text not null, "assignment_id" uuid null, "observer_id" uuid null, "file_request_id" uuid null, "contact_id" uuid null, "mail_id" uuid null, "token_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz null, "revoked_at" timestamptz null, primary key ("id"));`);
    this.addSql(`alter table "access_links" add constraint "access_links_token_hash_unique" unique ("token_hash");`);
    this.addSql(`create index "access_links_organisation_id_assignment_id_index" on "access_links" ("organisation_id", "assignment_id");`);
    this.addSql(`alter table "access_links" add constraint "access_links_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "access_links" add constraint "access_links_purpose_check" check ("purpose" in ('assignment', 'observer', 'file_request'));`);

    this.addSql(`create table "account_tokens" ("id" uuid not null, "user_id" uuid null, "organisation_id" uuid null, "purpose" text not null, "token_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "used_at" timestamptz null, primary key ("id"));`);
    this.addSql(`alter table "account_tokens" add constraint "account_tokens_token_hash_unique" unique ("token_hash");`);
    this.addSql(`create index "account_tokens_user_id_index" on "account_tokens" ("user_id");`);
    this.addSql(`alter table "account_tokens" add constraint "account_tokens_purpose_check" check ("purpose" in ('reset_password', 'join', 'first_administrator'));`);

    this.addSql(`create table "assets" ("id" uuid not null, "organisation_id" uuid not null, "workspace_id" uuid not null, "number" text not null, "name" text not null, "category" text null, "location_text" text null, "parent_id" uuid null, "manufacturer" text null, "model" text null, "serial_number" text null, "installed_on" date null, "warranty_until" date null, "notes" text null, "archived_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "assets_organisation_id_workspace_id_name_index" on "assets" ("organisation_id", "workspace_id", "name");`);
    this.addSql(`alter table "assets" add constraint "assets_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "assets" add constraint "assets_organisation_id_number_unique" unique ("organisation_id", "number");`);

    this.addSql(`create table "assignments" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "kind" text not null, "firm_id" uuid null, "contact_id" uuid null, "member_user_id" uuid null, "status" text not null default 'offered', "needs_acceptance" boolean not null default true, "message" text null, "answer_by" timestamptz null, "answer_by_override" timestamptz null, "answer_by_override_set_at" timestamptz null, "policy" jsonb null, "next_firm_ids" jsonb not null, "shared_attachment_ids" jsonb not null, "previous_assignment_id" uuid null, "offered_by_user_id" uuid null, "offered_at" timestamptz not null, "sent_at" timestamptz null, "delivered_at" timestamptz null, "bounced_at" timestamptz null, "accepted_at" timestamptz null, "done_at" timestamptz null, "ended_at" timestamptz null, "answered_by_contact_id" uuid null, "answered_by_name" text null, "answer_door" text null, "decline_reason" text null, "decline_note" text null, "withdraw_reason" text null, "cancel_reason" text null, "promised_from" timestamptz null, "promised_until" timestamptz null, "proposed_answer" jsonb null, "remind_requested_at" timestamptz null, "ended_because" text null, primary key ("id"));`);
    this.addSql(`create index "assignments_organisation_id_work_order_id_index" on "assignments" ("organisation_id", "work_order_id");`);
    this.addSql(`create index "assignments_organisation_id_firm_id_status_index" on "assignments" ("organisation_id", "firm_id", "status");`);
    this.addSql(`create index "assignments_organisation_id_member_user_id_status_index" on "assignments" ("organisation_id", "member_user_id", "status");`);
    this.addSql(`create index "assignments_organisation_id_status_offered_at_index" on "assignments" ("organisation_id", "status", "offered_at");`);
    this.addSql(`alter table "assignments" add constraint "assignments_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "assignments" add constraint "assignments_kind_check" check ("kind" in ('email', 'partner', 'member'));`);
    this.addSql(`alter table "assignments" add constraint "assignments_status_check" check ("status" in ('offered', 'accepted', 'done', 'declined', 'withdrawn', 'expired', 'superseded', 'cancelled'));`);
    this.addSql(`alter table "assignments" add constraint "assignments_answer_door_check" check ("answer_door" in ('portal', 'link', 'mail', 'phone', 'process'));`);
    this.addSql(`alter table "assignments" add constraint "assignments_decline_reason_check" check ("decline_reason" in ('no_capacity', 'not_our_trade', 'too_far', 'date_not_possible', 'other'));`);
    this.addSql(`alter table "assignments" add constraint "assignments_withdraw_reason_check" check ("withdraw_reason" in ('given_to_other', 'no_answer', 'no_longer_needed'));`);

    this.addSql(`create table "assignment_steps" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "assignment_id" uuid not null, "key" text not null, "action" text not null, "outcome" text not null, "skip_reason" text null, "at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "assignment_steps_organisation_id_assignment_id_index" on "assignment_steps" ("organisation_id", "assignment_id");`);
    this.addSql(`alter table "assignment_steps" add constraint "assignment_steps_organisation_id_key_unique" unique ("organisation_id", "key");`);
    this.addSql(`alter table "assignment_steps" add constraint "assignment_steps_outcome_check" check ("outcome" in ('done', 'skipped'));`);

    this.addSql(`create table "attachments" ("id" uuid not null, "organisation_id" uuid not null, "author_organisation_id" uuid not null, "work_order_id" uuid null, "asset_id" uuid null, "comment_id" uuid null, "assignment_id" uuid null, "inbound_mail_id" uuid null, "visibility" text not null default 'shared', "door" text not null, "file_key" text not null, "preview_key" text null, "name" text not null, "content_type" text not null, "size" int not null, "sha256" text not null, "width" int null, "height" int null, "taken_at" text null, "is_hidden" boolean not null default false, "uploaded_by_user_id" uuid null, "uploaded_by_contact_id" uuid null, "uploaded_by_name" text null, "created_at" timestamptz not null, "removed_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "attachments_organisation_id_work_order_id_index" on "attachments" ("organisation_id", "work_order_id");`);
    this.addSql(`create index "attachments_organisation_id_comment_id_index" on "attachments" ("organisation_id", "comment_id");`);
    this.addSql(`alter table "attachments" add constraint "attachments_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "attachments" add constraint "attachments_visibility_check" check ("visibility" in ('shared', 'internal'));`);
    this.addSql(`alter table "attachments" add constraint "attachments_door_check" check ("door" in ('portal', 'link', 'mail', 'phone', 'process'));`);

    this.addSql(`create table "comments" ("id" uuid not null, "organisation_id" uuid not null, "author_organisation_id" uuid not null, "work_order_id" uuid not null, "assignment_id" uuid null, "visibility" text not null, "door" text not null, "body" text not null, "author_user_id" uuid null, "author_contact_id" uuid null, "author_observer_id" uuid null, "author_name" text null, "inbound_mail_id" uuid null, "unverified_sender" text null, "cut_lines" int null, "is_restored" boolean not null default false, "missing_files" jsonb null, "client_key" text null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "comments_organisation_id_work_order_id_created_at_index" on "comments" ("organisation_id", "work_order_id", "created_at");`);
    this.addSql(`alter table "comments" add constraint "comments_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "comments" add constraint "comments_organisation_id_work_order_id_client_key_unique" unique ("organisation_id", "work_order_id", "client_key");`);
    this.addSql(`alter table "comments" add constraint "comments_visibility_check" check ("visibility" in ('shared', 'internal'));`);
    this.addSql(`alter table "comments" add constraint "comments_door_check" check ("door" in ('portal', 'link', 'mail', 'phone', 'process'));`);

    this.addSql(`create table "credentials" ("user_id" uuid not null, "password_hash" text not null, "changed_at" timestamptz not null, primary key ("user_id"));`);

    this.addSql(`create table "digest_items" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "recipient" text not null, "event_id" uuid not null, "created_at" timestamptz not null, "mail_id" uuid null, primary key ("id"));`);
    this.addSql(`create index "digest_items_organisation_id_work_order_id_recipient_index" on "digest_items" ("organisation_id", "work_order_id", "recipient");`);
    this.addSql(`alter table "digest_items" add constraint "digest_items_organisation_id_event_id_recipient_unique" unique ("organisation_id", "event_id", "recipient");`);

    this.addSql(`create table "escalation_policies" ("id" uuid not null, "organisation_id" uuid not null, "policy" jsonb not null, "updated_at" timestamptz not null, "updated_by_user_id" uuid null, primary key ("id"));`);
    this.addSql(`alter table "escalation_policies" add constraint "escalation_policies_organisation_id_unique" unique ("organisation_id");`);

    this.addSql(`create table "events" ("id" uuid not null, "organisation_id" uuid not null, "name" text not null, "occurred_at" timestamptz not null, "door" text not null, "work_order_id" uuid null, "assignment_id" uuid null, "subject_id" uuid null, "actor_user_id" uuid null, "actor_contact_id" uuid null, "actor_observer_id" uuid null, "data" jsonb not null, primary key ("id"));`);
    this.addSql(`create index "events_organisation_id_work_order_id_occurred_at_index" on "events" ("organisation_id", "work_order_id", "occurred_at");`);
    this.addSql(`alter table "events" add constraint "events_door_check" check ("door" in ('portal', 'link', 'mail', 'phone', 'process'));`);

    this.addSql(`create table "file_requests" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "comment_id" uuid not null, "assignment_id" uuid null, "observer_id" uuid null, "contact_id" uuid null, "to_email" text not null, "files" jsonb not null, "status" text not null default 'open', "created_at" timestamptz not null, "valid_until" timestamptz not null, "reminded_at" timestamptz null, "ended_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "file_requests_organisation_id_work_order_id_index" on "file_requests" ("organisation_id", "work_order_id");`);
    this.addSql(`alter table "file_requests" add constraint "file_requests_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "file_requests" add constraint "file_requests_status_check" check ("status" in ('open', 'fulfilled', 'ended'));`);

    this.addSql(`create table "firms" ("id" uuid not null, "organisation_id" uuid not null, "company" text not null, "access" text not null default 'email', "trades" jsonb not null, "phone" text null, "locale" text null, "notes" text null, "standing" text not null default 'normal', "blocked_reason" text null, "needs_no_acceptance" boolean not null default false, "archived_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "firms_organisation_id_company_index" on "firms" ("organisation_id", "company");`);
    this.addSql(`alter table "firms" add constraint "firms_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "firms" add constraint "firms_access_check" check ("access" in ('email', 'partner'));`);
    this.addSql(`alter table "firms" add constraint "firms_locale_check" check ("locale" in ('de-DE', 'de-AT', 'de-CH', 'en-GB'));`);
    this.addSql(`alter table "firms" add constraint "firms_standing_check" check ("standing" in ('normal', 'preferred', 'blocked'));`);

    this.addSql(`create table "firm_contacts" ("id" uuid not null, "organisation_id" uuid not null, "firm_id" uuid not null, "name" text not null, "email" text not null, "phone" text null, "roles" jsonb not null, "position" int not null default 0, "undeliverable_since" timestamptz null, "undeliverable_reason" text null, "away_until" timestamptz null, "archived_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "firm_contacts_organisation_id_firm_id_index" on "firm_contacts" ("organisation_id", "firm_id");`);
    this.addSql(`create index "firm_contacts_organisation_id_email_index" on "firm_contacts" ("organisation_id", "email");`);
    this.addSql(`alter table "firm_contacts" add constraint "firm_contacts_organisation_id_id_unique" unique ("organisation_id", "id");`);

    this.addSql(`create table "heartbeats" ("name" text not null, "at" timestamptz not null, primary key ("name"));`);

    this.addSql(`create table "idempotency_keys" ("id" uuid not null, "organisation_id" uuid not null, "actor_id" uuid not null, "key" text not null, "request_hash" text not null, "status" int not null, "response" jsonb null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "idempotency_keys" add constraint "idempotency_keys_organisation_id_actor_id_key_unique" unique ("organisation_id", "actor_id", "key");`);

    this.addSql(`create table "inbound_mails" ("id" uuid not null, "organisation_id" uuid null, "provider_id" text not null, "message_id" text null, "status" text not null default 'stored', "reason" text null, "raw_key" text not null, "size" int not null, "recipient" text null, "from_email" text null, "from_name" text null, "subject" text null, "found_by" text null, "proof" text null, "work_order_id" uuid null, "assignment_id" uuid null, "comment_id" uuid null, "suggestion" jsonb null, "decided_by_user_id" uuid null, "decided_at" timestamptz null, "decision" text null, "received_at" timestamptz not null, "processed_at" timestamptz null, primary key ("id"));`);
    this.addSql(`alter table "inbound_mails" add constraint "inbound_mails_provider_id_unique" unique ("provider_id");`);
    this.addSql(`create index "inbound_mails_organisation_id_status_received_at_index" on "inbound_mails" ("organisation_id", "status", "received_at");`);
    this.addSql(`create index "inbound_mails_organisation_id_message_id_index" on "inbound_mails" ("organisation_id", "message_id");`);
    this.addSql(`alter table "inbound_mails" add constraint "inbound_mails_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "inbound_mails" add constraint "inbound_mails_status_check" check ("status" in ('stored', 'processed', 'held', 'automatic', 'bounce', 'rejected'));`);

    this.addSql(`create table "installation" ("id" serial primary key, "is_mail_paused" boolean not null default false, "mail_paused_at" timestamptz null, "mail_paused_by_user_id" uuid null);`);

    this.addSql(`create table "mail_events" ("id" uuid not null, "organisation_id" uuid null, "mail_id" uuid null, "trace_id" text not null, "record_type" text not null, "data" jsonb not null, "occurred_at" timestamptz not null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "mail_events" add constraint "mail_events_trace_id_unique" unique ("trace_id");`);
    this.addSql(`create index "mail_events_mail_id_index" on "mail_events" ("mail_id");`);

    this.addSql(`create table "mail_references" ("message_id" text not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "assignment_id" uuid null, "observer_id" uuid null, "user_id" uuid null, "contact_id" uuid null, "created_at" timestamptz not null, primary key ("message_id"));`);

    this.addSql(`create table "mail_threads" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "party" text not null, "root_message_id" text null, "last_message_id" text null, "subject" text null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "mail_threads" add constraint "mail_threads_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "mail_threads" add constraint "mail_threads_organisation_id_work_order_id_party_unique" unique ("organisation_id", "work_order_id", "party");`);

    this.addSql(`create table "memberships" ("id" uuid not null, "organisation_id" uuid not null, "user_id" uuid not null, "role" text not null, "workspace_ids" jsonb null, "notify_choice" text not null default 'at_once', "invited_at" timestamptz null, "joined_at" timestamptz null, "removed_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "memberships_user_id_index" on "memberships" ("user_id");`);
    this.addSql(`alter table "memberships" add constraint "memberships_organisation_id_user_id_unique" unique ("organisation_id", "user_id");`);
    this.addSql(`alter table "memberships" add constraint "memberships_role_check" check ("role" in ('admin', 'coordinator', 'technician'));`);
    this.addSql(`alter table "memberships" add constraint "memberships_notify_choice_check" check ("notify_choice" in ('at_once', 'daily', 'status_only', 'none'));`);

    this.addSql(`create table "observers" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "user_id" uuid null, "email" text null, "name" text null, "locale" text null, "choice" text not null default 'at_once', "can_comment" boolean not null default true, "is_proposed" boolean not null default false, "added_by_user_id" uuid null, "created_at" timestamptz not null, "left_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "observers_organisation_id_work_order_id_index" on "observers" ("organisation_id", "work_order_id");`);
    this.addSql(`create index "observers_organisation_id_user_id_index" on "observers" ("organisation_id", "user_id");`);
    this.addSql(`alter table "observers" add constraint "observers_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "observers" add constraint "observers_locale_check" check ("locale" in ('de-DE', 'de-AT', 'de-CH', 'en-GB'));`);
    this.addSql(`alter table "observers" add constraint "observers_choice_check" check ("choice" in ('at_once', 'daily', 'status_only', 'none'));`);

    this.addSql(`create table "organisations" ("id" uuid not null, "name" text not null, "mail_name" text not null, "phone" text null, "on_call_phone" text null, "locale" text not null default 'de-DE', "time_zone" text not null default 'Europe/Berlin', "country" text not null default 'DE', "holiday_region" text not null default 'DE', "business_hours" jsonb not null, "sender_name" text null, "legal_footer" text null, "legal_url" text null, "privacy_url" text null, "ticket_letter" text not null default 'M', "maintenance_letter" text not null default 'W', "workspace_word" text not null default 'Arbeitsbereich', "currency" text not null default 'EUR', "is_mail_paused" boolean not null default false, "mail_paused_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "organisations" add constraint "organisations_mail_name_unique" unique ("mail_name");`);
    this.addSql(`alter table "organisations" add constraint "organisations_locale_check" check ("locale" in ('de-DE', 'de-AT', 'de-CH', 'en-GB'));`);

    this.addSql(`create table "outages" ("id" uuid not null, "organisation_id" uuid null, "started_at" timestamptz not null, "ended_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "outages_ended_at_index" on "outages" ("ended_at");`);

    this.addSql(`create table "outbound_mails" ("id" uuid not null, "organisation_id" uuid null, "work_order_id" uuid null, "assignment_id" uuid null, "thread_id" uuid null, "template" text not null, "parameters" jsonb not null, "to_email" text not null, "to_name" text null, "to_contact_id" uuid null, "to_user_id" uuid null, "to_observer_id" uuid null, "locale" text not null, "cause" text not null, "once_key" text null, "status" text not null default 'queued', "status_reason" text null, "attempts" int not null default 0, "sending_since" timestamptz null, "subject" text null, "text_body" text null, "html_body" text null, "message_id" text null, "provider_id" text null, "is_possible_duplicate" boolean not null default false, "resend_of_mail_id" uuid null, "created_at" timestamptz not null, "sent_at" timestamptz null, "delivered_at" timestamptz null, "bounced_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "outbound_mails_organisation_id_created_at_index" on "outbound_mails" ("organisation_id", "created_at");`);
    this.addSql(`create index "outbound_mails_organisation_id_work_order_id_index" on "outbound_mails" ("organisation_id", "work_order_id");`);
    this.addSql(`create index "outbound_mails_organisation_id_status_index" on "outbound_mails" ("organisation_id", "status");`);
    this.addSql(`create index "outbound_mails_provider_id_index" on "outbound_mails" ("provider_id");`);
    this.addSql(`alter table "outbound_mails" add constraint "outbound_mails_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "outbound_mails" add constraint "outbound_mails_organisation_id_once_key_unique" unique ("organisation_id", "once_key");`);
    this.addSql(`alter table "outbound_mails" add constraint "outbound_mails_locale_check" check ("locale" in ('de-DE', 'de-AT', 'de-CH', 'en-GB'));`);
    this.addSql(`alter table "outbound_mails" add constraint "outbound_mails_status_check" check ("status" in ('queued', 'sending', 'sent', 'refused', 'unclear', 'delivered', 'bounced', 'skipped'));`);

    this.addSql(`create table "outbox" ("id" uuid not null, "organisation_id" uuid null, "kind" text not null, "workflow_id" text not null, "work_order_number" text null, "event_id" uuid null, "created_at" timestamptz not null, "claimed_until" timestamptz null, "attempts" int not null default 0, primary key ("id"));`);
    this.addSql(`create index "outbox_created_at_index" on "outbox" ("created_at");`);
    this.addSql(`create index "outbox_workflow_id_index" on "outbox" ("workflow_id");`);
    this.addSql(`alter table "outbox" add constraint "outbox_kind_check" check ("kind" in ('assignment', 'mail', 'inbound', 'digest', 'file-request'));`);

    this.addSql(`create table "processes" ("workflow_id" text not null, "organisation_id" uuid null, "kind" text not null, "work_order_id" uuid null, "work_order_number" text null, "subject_id" uuid not null, "step" text not null, "next_due_at" timestamptz null, "next_action" text null, "level" int not null default 0, "needs_attention" boolean not null default false, "attention_reason" text null, "started_at" timestamptz not null, "updated_at" timestamptz not null, "ended_at" timestamptz null, primary key ("workflow_id"));`);
    this.addSql(`create index "processes_organisation_id_work_order_id_index" on "processes" ("organisation_id", "work_order_id");`);
    this.addSql(`create index "processes_ended_at_kind_index" on "processes" ("ended_at", "kind");`);
    this.addSql(`alter table "processes" add constraint "processes_kind_check" check ("kind" in ('assignment', 'mail', 'inbound', 'digest', 'file-request'));`);

    this.addSql(`create table "reply_addresses" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "key" text not null, "assignment_id" uuid null, "observer_id" uuid null, "user_id" uuid null, "contact_id" uuid null, "created_at" timestamptz not null, "expired_at" timestamptz null, primary key ("id"));`);
    this.addSql(`alter table "reply_addresses" add constraint "reply_addresses_key_unique" unique ("key");`);
    this.addSql(`create index "reply_addresses_organisation_id_work_order_id_index" on "reply_addresses" ("organisation_id", "work_order_id");`);

    this.addSql(`create table "sessions" ("id" uuid not null, "user_id" uuid not null, "token_hash" text not null, "created_at" timestamptz not null, "last_seen_at" timestamptz not null, "expires_at" timestamptz not null, "ended_at" timestamptz null, "address" text null, "agent" text null, primary key ("id"));`);
    this.addSql(`create index "sessions_user_id_index" on "sessions" ("user_id");`);
    this.addSql(`alter table "sessions" add constraint "sessions_token_hash_unique" unique ("token_hash");`);

    this.addSql(`create table "uploads" ("id" uuid not null, "organisation_id" uuid not null, "work_order_id" uuid not null, "assignment_id" uuid null, "observer_id" uuid null, "file_request_id" uuid null, "user_id" uuid null, "name" text not null, "size" int not null, "received" int not null default 0, "parts_key" text not null, "attachment_id" uuid null, "created_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "uploads" add constraint "uploads_organisation_id_id_unique" unique ("organisation_id", "id");`);

    this.addSql(`create table "users" ("id" uuid not null, "email" text not null, "name" text not null, "phone" text null, "locale" text not null default 'de-DE', "is_operator" boolean not null default false, "created_at" timestamptz not null, "last_signed_in_at" timestamptz null, primary key ("id"));`);
    this.addSql(`alter table "users" add constraint "users_email_unique" unique ("email");`);
    this.addSql(`alter table "users" add constraint "users_locale_check" check ("locale" in ('de-DE', 'de-AT', 'de-CH', 'en-GB'));`);

    this.addSql(`create table "work_orders" ("id" uuid not null, "organisation_id" uuid not null, "kind" text not null default 'ticket', "measure" text null, "number" text not null, "title" text not null, "description" text not null default '', "workspace_id" uuid not null, "asset_id" uuid null, "location_text" text null, "on_site_name" text null, "on_site_phone" text null, "on_site_email" text null, "on_site_hours" text null, "access_note" text null, "priority" text not null default 'normal', "category" text null, "status" text not null default 'open', "waiting_reason" text null, "waiting_note" text null, "waiting_until" date null, "due_on" date null, "cost_limit_cents" int null, "client_reference" text null, "contractor_reference" text null, "is_warranty" boolean not null default false, "earlier_order_id" uuid null, "is_safety_relevant" boolean not null default false, "reporter_user_id" uuid null, "reporter_name" text null, "responsible_user_id" uuid null, "answer_due_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "closed_at" timestamptz null, "version" int not null default 1, primary key ("id"));`);
    this.addSql(`create index "work_orders_organisation_id_created_at_id_index" on "work_orders" ("organisation_id", "created_at", "id");`);
    this.addSql(`create index "work_orders_organisation_id_status_created_at_id_index" on "work_orders" ("organisation_id", "status", "created_at", "id");`);
    this.addSql(`create index "work_orders_organisation_id_workspace_id_created_at_id_index" on "work_orders" ("organisation_id", "workspace_id", "created_at", "id");`);
    this.addSql(`create index "work_orders_organisation_id_priority_created_at_id_index" on "work_orders" ("organisation_id", "priority", "created_at", "id");`);
    this.addSql(`create index "work_orders_organisation_id_due_on_index" on "work_orders" ("organisation_id", "due_on");`);
    this.addSql(`create index "work_orders_organisation_id_answer_due_at_index" on "work_orders" ("organisation_id", "answer_due_at");`);
    this.addSql(`create index "work_orders_organisation_id_responsible_user_id_index" on "work_orders" ("organisation_id", "responsible_user_id");`);
    this.addSql(`alter table "work_orders" add constraint "work_orders_organisation_id_id_unique" unique ("organisation_id", "id");`);
    this.addSql(`alter table "work_orders" add constraint "work_orders_organisation_id_number_unique" unique ("organisation_id", "number");`);
    this.addSql(`alter table "work_orders" add constraint "work_orders_kind_check" check ("kind" in ('ticket', 'maintenance'));`);
    this.addSql(`alter table "work_orders" add constraint "work_orders_measure_check" check ("measure" in ('service', 'inspection', 'statutory_test', 'repair'));`);
    this.addSql(`alter table "work_orders" add constraint "work_orders_priority_check" check ("priority" in ('low', 'normal', 'high', 'urgent'));`);
    this.addSql(`alter table "work_orders" add constraint "work_orders_status_check" check ("status" in ('open', 'assigned', 'accepted', 'in_progress', 'waiting', 'done', 'closed', 'cancelled'));`);
    this.addSql(`alter table "work_orders" add constraint "work_orders_waiting_reason_check" check ("waiting_reason" in ('material', 'nobody_there', 'approval', 'other'));`);

    this.addSql(`create table "work_order_counters" ("organisation_id" uuid not null, "kind" text not null, "year" int not null, "last" int not null, primary key ("organisation_id", "kind", "year"));`);
    this.addSql(`alter table "work_order_counters" add constraint "work_order_counters_kind_check" check ("kind" in ('ticket', 'maintenance'));`);

    this.addSql(`create table "workspaces" ("id" uuid not null, "organisation_id" uuid not null, "name" text not null, "short_name" text not null, "street" text null, "postal_code" text null, "city" text null, "time_zone" text null, "holiday_region" text null, "billing_recipient" text null, "invoice_email" text null, "on_call_phone" text null, "default_responsible_user_id" uuid null, "archived_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "workspaces_organisation_id_name_index" on "workspaces" ("organisation_id", "name");`);
    this.addSql(`alter table "workspaces" add constraint "workspaces_organisation_id_id_unique" unique ("organisation_id", "id");`);
  }

}
