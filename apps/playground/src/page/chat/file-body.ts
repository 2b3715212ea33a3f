/** A file as the control API takes it. */
export async function fileBody(file: File): Promise<{ filename: string; base64: string; contentType?: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  // Arguments of a call have a limit.
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return { filename: file.name, base64: btoa(binary), ...(file.type === '' ? {} : { contentType: file.type }) }
}
