// Called by the payment service, which signs what it sends and has no JWT.
const secret = Deno.env.get("PAYMENT_WEBHOOK_SECRET") ?? "";

async function isSigned(body: string, signature: string): Promise<boolean> {
  const text = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", text.encode(secret), algorithm, false, ["verify"]);
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return crypto.subtle.verify("HMAC", key, bytes, text.encode(body));
}

Deno.serve(async (request) => {
  const body = await request.text();
  if (!(await isSigned(body, request.headers.get("x-signature") ?? ""))) {
    return new Response("Not signed", { status: 401 });
  }
  console.log("payment", JSON.parse(body).id);
  return new Response(null, { status: 204 });
});
