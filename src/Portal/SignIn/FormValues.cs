using Microsoft.Extensions.Primitives;

namespace Scoring.SignIn;

/// <summary>The fields of a page's form: as they were sent, or as they were typed before the session ended.</summary>
public sealed class FormValues(IHttpContextAccessor context, KeptForms kept)
{
    private IReadOnlyDictionary<string, StringValues>? _fields;

    /// <summary>Whether the fields were typed before the session ended, and the person has to send them again.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Returns the trimmed text of a field; empty when it is absent.</summary>
    public string Text(string name) => Fields(name).FirstOrDefault()?.Trim() ?? "";

    /// <summary>Returns all fields, without those of the framework.</summary>
    public IEnumerable<KeyValuePair<string, StringValues>> All() => Fields().Where(field => !field.Key.StartsWith('_'));

    private StringValues Fields(string name) => Fields().TryGetValue(name, out var value) ? value : StringValues.Empty;

    private IReadOnlyDictionary<string, StringValues> Fields() => _fields ??= Read();

    private IReadOnlyDictionary<string, StringValues> Read()
    {
        var request = context.HttpContext!;
        if (request.Request.HasFormContentType) return request.Request.Form.ToDictionary(StringComparer.Ordinal);
        var fields = kept.Take(request);
        IsKept = fields is not null;
        return fields ?? new Dictionary<string, StringValues>();
    }
}
