import { OneRecord } from '../parts/OneRecord.tsx';
import { RecordForm } from '../parts/RecordForm.tsx';
import { NotFound } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';
import type { Asset } from '../providers/types.ts';
import { fieldsOfAsset, recordOfAsset } from './asset-fields.ts';
import { AssetInputs } from './AssetInputs.tsx';

export function AssetEdit() {
  const t = useT();
  return (
    <OneRecord<Asset> resource="assets">
      {(asset) => (asset.can['edit'] ? (
        <RecordForm key={asset.id} resource="assets" isUndoable id={asset.id} title={t('assets.edit')} crumbs={[{ label: t('assets.title'), to: '/assets' }, { label: asset.name, to: `/assets/${asset.id}/show` }]}
          start={fieldsOfAsset(asset)} Inputs={AssetInputs} recordOf={recordOfAsset} />
      ) : <NotFound />)}
    </OneRecord>
  );
}
