import { OneRecord } from '../parts/OneRecord.tsx';
import { RecordForm } from '../parts/RecordForm.tsx';
import { NotFound } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';
import type { Firm } from '../providers/types.ts';
import { fieldsOfFirm, recordOfFirm } from './firm-fields.ts';
import { FirmInputs } from './FirmInputs.tsx';

export function FirmEdit() {
  const t = useT();
  return (
    <OneRecord<Firm> resource="firms">
      {(firm) => (firm.can['edit'] ? (
        <RecordForm key={firm.id} resource="firms" id={firm.id} title={t('firms.edit')} crumbs={[{ label: t('firms.title'), to: '/firms' }, { label: firm.company, to: `/firms/${firm.id}/show` }]}
          start={fieldsOfFirm(firm)} Inputs={FirmInputs} recordOf={recordOfFirm} />
      ) : <NotFound />)}
    </OneRecord>
  );
}
