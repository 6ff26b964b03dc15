import type { Ambient } from '#domain/ambient.ts';
import type { OfferedFiles, OfferedUpload, OfferedUploads, UploadRequest } from '#domain/files/offered-upload.ts';

export interface OfferPorts extends Pick<Ambient, 'now' | 'newId'> {
  readonly offeredUploads: Pick<OfferedUploads, 'note'>;
  readonly offeredFiles: Pick<OfferedFiles, 'requestFor'>;
}

/** How long a file may be sent. */
const minutesToSend = 60;

/** Offers a place in the bucket for one file, and for no other. */
export const offerUpload = async (
  ports: OfferPorts,
  {
    size,
    sha256,
    fileName,
  }: { readonly size: number; readonly sha256: string; readonly fileName?: string | undefined },
): Promise<UploadRequest & Pick<OfferedUpload, 'uploadId' | 'expiresAt'>> => {
  const createdAt = ports.now();
  const offer: OfferedUpload = {
    uploadId: ports.newId(),
    size,
    sha256,
    ...(fileName !== undefined && { fileName }),
    createdAt,
    expiresAt: new Date(Date.parse(createdAt) + minutesToSend * 60_000).toISOString(),
  };
  await ports.offeredUploads.note(offer);
  const request = await ports.offeredFiles.requestFor(offer);
  return { ...request, uploadId: offer.uploadId, expiresAt: offer.expiresAt };
};
