//! A stand-in for api.supabase.com.
