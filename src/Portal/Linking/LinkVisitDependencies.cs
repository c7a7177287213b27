using Scoring.Client;
using Scoring.Hosting;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.Linking;

/// <summary>What the linking routes need.</summary>
internal sealed record LinkVisitDependencies(
    PublishedProgrammes Documents, CurrentSession Session, LinkAnswers Answers, ScoringClient Client, PortalOptions Options,
    TimeProvider Time);
