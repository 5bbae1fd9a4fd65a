import { useState } from 'preact/hooks';
import { useTexts } from '../i18n/language.ts';
import { Sheet } from './sheet.tsx';

interface DeleteDialogProps {
  /** Rejects where it could not be deleted. */
  readonly onDelete: () => Promise<void>;
  readonly onClose: () => void;
}

export function DeleteDialog({ onDelete, onClose }: DeleteDialogProps) {
  const texts = useTexts();
  const [state, setState] = useState<'asking' | 'deleting' | 'failed'>('asking');
  const remove = async (): Promise<void> => {
    setState('deleting');
    try {
      await onDelete();
      onClose();
    } catch {
      setState('failed');
    }
  };
  return (
    <Sheet title={texts.removeAsk} onClose={onClose}>
      <p>{texts.removeSay}</p>
      <p role="alert" class="failure">
        {state === 'failed' ? texts.removeFailed : ''}
      </p>
      <div class="form-buttons">
        <button
          type="button"
          class="button button-alarm"
          disabled={state === 'deleting'}
          onClick={() => void remove()}
        >
          {state === 'deleting' ? `${texts.removing}…` : texts.removeYes}
        </button>
        <button type="button" class="button button-quiet" onClick={onClose}>
          {texts.cancel}
        </button>
      </div>
    </Sheet>
  );
}
