// Requests whose answer is a file.
import axios, { type AxiosAdapter, isAxiosError } from 'axios';
import { toFailure } from './failure';
import { http } from './http';

export interface Download {
  /** As the server calls it; null when it does not say, or may not be heard across origins. */
  name: string | null;
  content: Blob;
  /** Whether it holds a part only of what was searched for. */
  isTruncated: boolean;
}

/** Rejects with a Failure, also when the answer breaks off. */
export async function download(url: string, params: Record<string, string | number | undefined>): Promise<Download> {
  try {
    const { data, headers } = await http.get<Blob>(url, {
      params,
      responseType: 'blob',
      adapter: readingRefusals(axios.getAdapter(http.defaults.adapter)),
      // A large file takes its time.
      timeout: 0,
    });
    return {
      name: fileNameIn(headers['content-disposition']),
      content: data,
      isTruncated: headers['deskwire-truncated'] === 'true',
    };
  } catch (error) {
    throw toFailure(error);
  }
}

/** Where a file was asked for, a refusal comes as one: it is read before anybody looks at what it says. */
export function readingRefusals(adapter: AxiosAdapter): AxiosAdapter {
  return async (config) => {
    try {
      return await adapter(config);
    } catch (error) {
      if (isAxiosError<unknown>(error) && error.response?.data instanceof Blob) {
        error.response.data = jsonIn(await error.response.data.text());
      }
      throw error;
    }
  };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Nothing that could lead out of the folder for downloads. */
export function fileNameIn(disposition: unknown): string | null {
  const text = typeof disposition === 'string' ? disposition : '';
  const [, quoted, bare] = /\bfilename=(?:"([^"\\/]+)"|([^\s";\\/]+))\s*(?:;|$)/i.exec(text) ?? [];
  return quoted ?? bare ?? null;
}

/** Has the browser keep it. */
export function save({ content }: Download, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
