import { RecordForm } from '../parts/RecordForm.tsx';
import { useT } from '../parts/speech.ts';
import { EMPTY_FIRM, recordOfFirm } from './firm-fields.ts';
import { FirmInputs } from './FirmInputs.tsx';

export function FirmCreate() {
  const t = useT();
  return <RecordForm resource="firms" title={t('firms.create')} crumbs={[{ label: t('firms.title'), to: '/firms' }]} start={EMPTY_FIRM} Inputs={FirmInputs} recordOf={recordOfFirm} />;
}
