/** For people: one button, which sends the token of the address bar. */
export const VERIFY_EMAIL_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Verify your e-mail address</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto 0; padding: 0 1rem; color: #1c1e21; background: #fff }
  button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .4rem; background: #2457d6; color: #fff; cursor: pointer }
  button:disabled { opacity: .5 }
  @media (prefers-color-scheme: dark) { body { color: #e8e8ea; background: #17181b } }
</style>
<h1>Verify your e-mail address</h1>
<p id="says" role="status">One click shows that this address is yours.</p>
<button id="verify">Verify</button>
<script>
  const says = document.getElementById('says');
  const button = document.getElementById('verify');
  const token = new URLSearchParams(location.search).get('token');
  if (!token) { says.textContent = 'This link has no token. Please open the one of the message whole.'; button.disabled = true; }
  button.onclick = async () => {
    button.disabled = true;
    try {
      const answer = await fetch(location.pathname, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }),
      });
      const told = await answer.json();
      says.textContent = answer.ok ? 'Thank you: the address is verified. You can close this page.' : 'That did not work: ' + told.detail;
      if (answer.ok) button.remove(); else button.disabled = false;
    } catch {
      says.textContent = 'The engine cannot be reached just now. Please try again.';
      button.disabled = false;
    }
  };
</script>
`;
