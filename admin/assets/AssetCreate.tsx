import { RecordForm } from '../parts/RecordForm.tsx';
import { useT } from '../parts/speech.ts';
import { EMPTY_ASSET, recordOfAsset } from './asset-fields.ts';
import { AssetInputs } from './AssetInputs.tsx';

export function AssetCreate() {
  const t = useT();
  return <RecordForm resource="assets" title={t('assets.create')} crumbs={[{ label: t('assets.title'), to: '/assets' }]} start={EMPTY_ASSET} Inputs={AssetInputs} recordOf={recordOfAsset} />;
}
