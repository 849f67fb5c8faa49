import { createClient } from "npm:@supabase/supabase-js@2";

Deno.serve(async (request) => {
  const { invoice } = await request.json();
  const supabase = createClient(
    Deno.env.get("SUPABASE_URL")!,
    Deno.env.get("SUPABASE_ANON_KEY")!,
    { global: { headers: { Authorization: request.headers.get("Authorization")! } } },
  );
  const { data, error } = await supabase.from("invoices").select("*").eq("id", invoice).single();
  if (error) return Response.json({ error: error.message }, { status: 404 });
  console.log("sending invoice", data.id);
  return Response.json({ sent: data.id });
});
