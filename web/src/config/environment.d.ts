/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Origin of the API when it is not the page's own, as in `https://desk.example.com`. */
  readonly VITE_API_BASE_URL?: string;
  /** Address of the socket when it does not follow from the API's, as in `wss://desk.example.com/api/v1/ws`. */
  readonly VITE_SOCKET_URL?: string;
}

declare module 'virtual:contract-limits' {
  const limits: Record<string, Record<string, { min: number; max?: number }>>;
  export default limits;
}
