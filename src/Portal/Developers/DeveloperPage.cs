using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Frame;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Developers;

/// <summary>
/// A page for those who write a service or a source, about one programme of their choice. It is public and shows what is public.
/// </summary>
public abstract class DeveloperPage : FormPage
{
    /// <summary>Every programme that has not ended.</summary>
    public IReadOnlyList<ProgrammeResponse> Programmes { get; private set; } = [];

    /// <summary>The programme that was chosen, or the first one; <see langword="null"/> when there is none.</summary>
    public ProgrammeResponse? Document { get; private set; }

    /// <summary>The API's address for programs outside.</summary>
    public string Api => (Options.PublicApi ?? new Uri("https://api.city.example")).AbsoluteUri.TrimEnd('/');

    /// <summary>The settings.</summary>
    [Inject] public required PortalOptions Options { get; set; }

    [Inject] private PublishedProgrammes Documents { get; set; } = null!;

    [Inject] private IHttpContextAccessor Context { get; set; } = null!;

    /// <summary>Returns what was chosen, in the form that was sent or in the address.</summary>
    public string Chosen(string name) =>
        Form.Text(name) is { Length: > 0 } sent ? sent : (string?)Context.HttpContext!.Request.Query[name] ?? "";

    private protected sealed override async Task Begin()
    {
        Programmes = [.. (await Documents.List(Aborted)).Where(document => !document.Ended)];
        var name = Chosen("programme");
        Document = Programmes.FirstOrDefault(document => document.Programme.Id == name) ?? Programmes.FirstOrDefault();
    }
}
