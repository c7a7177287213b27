using Microsoft.Extensions.Primitives;
using Scoring.Hosting;
using Scoring.Keys;

namespace Scoring.SignIn;

/// <summary>
/// Keeps what was typed into a form whose session had ended, until the person has signed in again and the page shows it. Nothing is sent
/// for the person: they press the button again. A random cookie names the form, so only the same browser gets it.
/// </summary>
public sealed class KeptForms : IDisposable
{
    private const string Cookie = "portal-form";

    private readonly OneTimeStore<KeptForm> _forms;
    private readonly TimeSpan _life;

    public KeptForms(PortalOptions options)
    {
        _life = TimeSpan.FromMinutes(options.KeptFormMinutes);
        _forms = new OneTimeStore<KeptForm>(options.KeptFormsMax, _life);
    }

    /// <summary>Keeps the form of a request, if the request comes from one of the portal's own pages.</summary>
    /// <returns>Whether it is kept.</returns>
    public async Task<bool> Keep(HttpContext context)
    {
        if (!IsOwn(context.Request) || !context.Request.HasFormContentType) return false;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var fields = form.Where(field => !field.Key.StartsWith('_')) // the framework's own
            .ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        if (_forms.Keep(new KeptForm(context.Request.Path, fields)) is not { } key) return false;
        context.Response.Cookies.Append(Cookie, key, new CookieOptions
        {
            HttpOnly = true, IsEssential = true, MaxAge = _life, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps,
        });
        return true;
    }

    /// <summary>Returns the fields of the form kept for the page of a request, once.</summary>
    public IReadOnlyDictionary<string, StringValues>? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } key
            || _forms.Take(key, form => form.Path == context.Request.Path) is not { } form) return null;
        context.Response.Cookies.Delete(Cookie);
        return form.Fields;
    }

    /// <inheritdoc/>
    public void Dispose() => _forms.Dispose();

    // A foreign page must not fill a form in for the person.
    private static bool IsOwn(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && origin == $"{request.Scheme}://{request.Host}";

    private sealed record KeptForm(PathString Path, IReadOnlyDictionary<string, StringValues> Fields);
}
