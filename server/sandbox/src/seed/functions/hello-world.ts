Deno.serve(async (request) => {
  const { name = "world" } = await request.json().catch(() => ({}));
  return Response.json({ message: `Hello, ${name}!` });
});
