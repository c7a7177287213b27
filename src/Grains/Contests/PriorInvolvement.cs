using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>
/// Who had a hand in versions and sources, by the public record. Acts never change, so a programme's record is read on from where it was
/// read before.
/// </summary>
internal sealed class PriorInvolvement(IProgrammeStore store)
{
    private const int PageActs = 500;

    private readonly ConcurrentDictionary<ProgrammeId, InvolvedAdministrators> _programmes = new();

    /// <summary>By all acts committed before the call.</summary>
    public async Task<InvolvedAdministrators> Of(ProgrammeId programme)
    {
        var hands = _programmes.GetOrAdd(programme, _ => new InvolvedAdministrators());
        await hands.Gate.WaitAsync();
        try
        {
            while (true)
            {
                var page = await store.ReadRecord(programme, hands.After, PageActs, CancellationToken.None);
                foreach (var act in page) hands.Add(act);
                if (page.Count < PageActs) return hands;
            }
        }
        finally
        {
            hands.Gate.Release();
        }
    }

    /// <summary>The hands in one programme's versions and in all sources. Only grows.</summary>
    public sealed class InvolvedAdministrators
    {
        private readonly ConcurrentDictionary<(string What, string Who), bool> _hands = new();

        internal SemaphoreSlim Gate { get; } = new(1);

        internal long After { get; private set; }

        /// <summary>Whether somebody wrote or approved a version.</summary>
        public bool InVersion(int number, string who) => _hands.ContainsKey((Version(number), who));

        /// <summary>Whether somebody proposed or approved a registration of a source.</summary>
        public bool InSource(string source, string who) => _hands.ContainsKey((StoppedState.KeyOf(RegistrationKind.Source, source), who));

        internal void Add(RecordedAdminAction act)
        {
            After = act.Number;
            if (act.Details is null) return;
            using var parsed = JsonDocument.Parse(act.Details);
            var details = parsed.RootElement;
            if (details.TryGetProperty("registration", out var registration)) Add(registration.GetString()!, act.By);
            if (act.Act != AdminActions.Published || !details.TryGetProperty("number", out var number)) return;
            var version = Version(number.GetInt32());
            Add(version, act.By);
            if (details.TryGetProperty("author", out var author)) Add(version, author.GetString()!);
            if (!details.TryGetProperty("approvals", out var approvals)) return;
            foreach (var name in approvals.EnumerateArray()) Add(version, name.GetString()!);
        }

        private void Add(string what, string who)
        {
            if (who != AdminActions.ByPlatform) _hands[(what, who)] = true;
        }

        private static string Version(int number) => string.Create(CultureInfo.InvariantCulture, $"version/{number}");
    }
}
