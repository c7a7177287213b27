using Microsoft.AspNetCore.Components;
using Scoring.Client;
using Scoring.Languages;

namespace Scoring.Programmes;

/// <summary>
/// A page about one programme, under <c>/programmes/{programme}</c>. It loads the programme's document; a page adds its own data in
/// <see cref="Load"/>. A programme that is not published is a page that does not exist.
/// </summary>
public abstract class ProgrammePage : ComponentBase
{
    /// <summary>The programme's name in the address.</summary>
    [Parameter] public string Programme { get; set; } = "";

    /// <summary>The texts.</summary>
    [Inject] public required Texts T { get; set; }

    /// <summary>The programme's document.</summary>
    public ProgrammeResponse Document { get; private set; } = null!;

    /// <summary>Whether there is something to show.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The address of the programme's first page.</summary>
    public string Root => $"/programmes/{Programme}";

    /// <summary>The version in force; before the first version's first day, that one.</summary>
    public ProgrammeVersionResponse InForce => Document.VersionInForce();

    /// <summary>Cancels the calls when the browser has gone.</summary>
    protected CancellationToken Aborted => Context.HttpContext!.RequestAborted;

    /// <summary>The calls, without an access token: a public page is the same for everyone.</summary>
    protected ProgrammesClient Calls => Client.As((string?)null).Programmes;

    /// <summary>The calls of the person who is signed in.</summary>
    [Inject] protected ScoringClient Client { get; set; } = null!;

    [Inject] private PublishedProgrammes Documents { get; set; } = null!;

    [Inject] private IHttpContextAccessor Context { get; set; } = null!;

    /// <summary>Leads to other pages.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected sealed override async Task OnInitializedAsync()
    {
        if (await Documents.Find(Programme, Aborted) is not { } document)
        {
            Navigation.NotFound();
            return;
        }
        Document = document;
        IsReady = await Load();
        if (!IsReady) Navigation.NotFound();
    }

    /// <summary>Loads what the page shows. Returns whether there is such a page.</summary>
    protected virtual Task<bool> Load() => Task.FromResult(true);
}
