using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;
using Scoring.Hosting;

namespace Scoring.SignIn;

/// <summary>
/// Keeps what was typed into a form whose session had ended, until the person has signed in again and the page shows it. Nothing is sent
/// for the person: they press the button again. A random cookie names the form, so only the same browser gets it.
/// </summary>
public sealed class KeptForms : IDisposable
{
    private const string Cookie = "portal-form";
    private const int KeyBytes = 16;

    private readonly MemoryCache _forms;
    private readonly TimeSpan _life;

    public KeptForms(PortalOptions options)
    {
        _life = TimeSpan.FromMinutes(options.KeptFormMinutes);
        _forms = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.KeptFormsMax });
    }

    /// <summary>Keeps the form of a request, if the request comes from one of the portal's own pages.</summary>
    /// <returns>Whether it is kept.</returns>
    public async Task<bool> Keep(HttpContext context)
    {
        if (!IsOwn(context.Request) || !context.Request.HasFormContentType) return false;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var fields = form.Where(field => !field.Key.StartsWith('_')) // the framework's own
            .ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        _forms.Set(key, new KeptForm(context.Request.Path, fields), new MemoryCacheEntryOptions
        {
            Size = 1, AbsoluteExpirationRelativeToNow = _life,
        });
        context.Response.Cookies.Append(Cookie, key, new CookieOptions
        {
            HttpOnly = true, IsEssential = true, MaxAge = _life, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps,
        });
        return _forms.TryGetValue(key, out _);
    }

    /// <summary>Returns the fields of the form kept for the page of a request, once.</summary>
    public IReadOnlyDictionary<string, StringValues>? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } key || _forms.Get<KeptForm>(key) is not { } form) return null;
        if (form.Path != context.Request.Path) return null;
        _forms.Remove(key);
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
