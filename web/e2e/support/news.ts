// Holds back what the server tells a page over its socket, so that the page acts on what it knew before.
import type { Page } from '@playwright/test';

/** Frames that speak of tickets; the connection itself stays well. */
const NEWS = /"type":"(entry|ticket|notification|joined)"/;

/** To be called before the page opens its socket: then reload it or go to another page. */
export async function holdBackNews(page: Page): Promise<{ hold: () => void }> {
  let isHeld = false;
  await page.routeWebSocket(/\/api\/v1\/ws$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!isHeld || !NEWS.test(message.toString())) socket.send(message);
    });
  });
  return {
    hold: () => {
      isHeld = true;
    },
  };
}
