using Microsoft.Extensions.Primitives;

namespace Scoring.SignIn;

/// <summary>The fields of a page's form: as they were sent, or as they were typed before the session ended.</summary>
public sealed class FormValues(IHttpContextAccessor context, KeptForms kept)
{
    private Func<string, StringValues>? _fields;

    /// <summary>Whether the fields were typed before the session ended, and the person has to send them again.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Returns the trimmed text of a field; empty when it is absent.</summary>
    public string Text(string name) => Fields(name).FirstOrDefault()?.Trim() ?? "";

    private StringValues Fields(string name) => (_fields ??= Read())(name);

    private Func<string, StringValues> Read()
    {
        var request = context.HttpContext!;
        if (request.Request.HasFormContentType) return name => request.Request.Form[name];
        var fields = kept.Take(request);
        IsKept = fields is not null;
        return name => fields is not null && fields.TryGetValue(name, out var value) ? value : StringValues.Empty;
    }
}
