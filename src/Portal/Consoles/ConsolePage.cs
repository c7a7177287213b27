using Scoring.Frame;

namespace Scoring.Consoles;

/// <summary>
/// A page of those who govern and check: administrators under <c>/admin</c>, auditors under <c>/audit</c>. A page that lists people does
/// not exist here either.
/// </summary>
public abstract class ConsolePage : FormPage;
